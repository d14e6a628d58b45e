import type { PhotoAnswer, PhotoPiece, PhotoTransport, TransportFault } from '../../src/sync/transport-port.ts';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { HttpError } from '../../src/server/http/http-error.ts';
import { mayBringPhoto } from '../../src/server/photos/may-see-photo.ts';
import { OffsetMismatch, receivePhoto, standingOf } from '../../src/server/photos/receive-photo.ts';
import type { PlantedBug } from './planted-bugs.ts';
import type { Prng } from './prng.ts';
import type { ServerWorld } from './server-world.ts';
import type { SimDevice } from './sim-device.ts';
import type { Weather } from './sim-network.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface PhotoWorld {
  time: VirtualTime;
  prng: Prng;
  server: ServerWorld;
  weather: Weather;
  bug: PlantedBug | null;
  report(finding: string): void;
}

/** So much comes at once; a request may be cut behind any of it. */
const CHUNK = 400;

const fault = (what: TransportFault): PhotoAnswer => ({ type: 'fault', fault: what, retryAfterMs: null });

function answerTo(error: unknown): PhotoAnswer {
  if (error instanceof OffsetMismatch) return { type: 'mismatch', offset: error.offset };
  if (!(error instanceof HttpError)) throw error;
  if (error.code === 'checksum_mismatch') return { type: 'broken' };
  if (error.code === 'media_refused') return { type: 'refused', reason: 'type' };
  if (error.code === 'unauthenticated') return fault('unauthenticated');
  // Nobody hears what is said of a body that was cut.
  return fault(error.code === 'bad_request' ? 'offline' : 'server');
}

async function* bodyOf(bytes: ArrayBuffer, cutAt: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += CHUNK) {
    if (at >= cutAt) throw new Error('cut');
    yield await Promise.resolve(new Uint8Array(bytes.slice(at, at + CHUNK)));
  }
}

/** The real handlers of photos over real files; requests and answers go astray, bodies are cut. */
export function createSimPhotos(world: PhotoWorld): (device: SimDevice) => PhotoTransport {
  const { time, prng, server, weather } = world;
  const strikes = (what: keyof Weather): boolean => prng.chance(weather[what] ?? 0);

  const receive = async (device: SimDevice, { sha, type, length, offset, bytes }: PhotoPiece, cutAt: number) => {
    const { deps } = server;
    return receivePhoto(deps, device.memberId, { sha, type, length }, offset, bodyOf(bytes, cutAt));
  };

  const serve = async (device: SimDevice, sha: string, piece: PhotoPiece | null): Promise<PhotoAnswer> => {
    const { deps } = server;
    const ended = await deps.db
      .selectFrom('session')
      .select('revoked_at')
      .where('id', '=', device.sessionId)
      .executeTakeFirst();
    const session = { id: device.sessionId, memberId: device.memberId, name: '', roles: NO_ROLES };
    const revoked = typeof ended?.revoked_at === 'number';
    const asking = { ...session, revoked };
    if (!(await mayBringPhoto(deps, asking, sha))) return fault('unauthenticated');
    const isCut = piece !== null && strikes('photoCut');
    const cutAt = isCut ? prng.int(piece.bytes.byteLength) : Number.POSITIVE_INFINITY;
    try {
      const standing = await (piece === null ? standingOf(deps, asking, sha) : receive(device, piece, cutAt));
      return standing === undefined ? { type: 'none' } : { type: 'standing', ...standing };
    } catch (error) {
      return answerTo(error);
    }
  };

  const ask = async (device: SimDevice, sha: string, piece: PhotoPiece | null, timeoutMs: number) => {
    const { epoch } = device.cache.state;
    await time.sleep(20 + prng.int(400));
    if (!device.online) return fault('offline');
    // Who signs in again has another session. Here it would be the revoked one, of which 401 says that nobody wants the bytes.
    if (device.signedOut || device.visitor !== null) return fault(device.revoked ? 'offline' : 'unauthenticated');
    if (strikes('serverError500')) return fault('server');
    if (strikes('captivePortal')) return fault('not_doorstep');
    if (strikes('requestLost')) {
      await time.sleep(timeoutMs);
      return fault('offline');
    }
    const answer = await time.during(serve(device, sha, piece));
    const at = time.now();
    await time.sleep(20 + prng.int(400));
    if (!device.online || strikes('responseLost')) return fault('offline');
    if (answer.type === 'standing' && answer.complete) device.toldWhole.set(sha, { at, epoch });
    return answer;
  };

  return (device) => {
    /** How far the server said that each is; where this tab has to go on. [L5] */
    const told = new Map<string, number>();
    const hear = (sha: string, answer: PhotoAnswer): PhotoAnswer => {
      if (answer.type === 'standing' || answer.type === 'mismatch') told.set(sha, answer.offset);
      if (answer.type === 'none' || answer.type === 'broken') told.set(sha, 0);
      return answer;
    };
    return {
      head: async (sha, timeoutMs) => hear(sha, await ask(device, sha, null, timeoutMs)),
      patch: async (piece, timeoutMs) => {
        const from = told.get(piece.sha);
        // An empty piece is a question of a revoked phone's [RV1], and goes on with nothing.
        if (piece.bytes.byteLength > 0 && from !== piece.offset) {
          world.report(
            `L5 ${device.name} goes on at ${piece.offset} with a photo of which ${from ?? 'no'} bytes are there`,
          );
        }
        const answer = hear(piece.sha, await ask(device, piece.sha, piece, timeoutMs));
        if (world.bug !== 'photoForgottenWhenSent' || answer.type !== 'fault') return answer;
        return { type: 'standing', offset: piece.length, complete: true };
      },
    };
  };
}
