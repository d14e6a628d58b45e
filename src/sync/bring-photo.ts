import type { EngineMemory } from './engine-memory.ts';
import type { MediaRefusal, MediaRow } from './outbox-port.ts';
import type { PhotoAnswer, PhotoTransport, TransportFault } from './transport-port.ts';

/** Small enough to come through on a bad line, large enough that the way there and back does not count. */
export const PIECE_BYTES = 128 * 1024;
const SMALLEST_PIECE = 16 * 1024;
const TIMEOUT_MS = 60_000;
/** Answers in a row that brought nothing on. */
const PATIENCE = 5;
/** The same bytes came so often with another hash than their own: what lies here is damaged itself. */
const BROKEN_MOST = 3;
/** A phone short of memory fails over a photo once or twice; from then on its author is told. */
const UNREAD_MOST = 3;

export type BroughtEnd =
  | { type: 'done' }
  | { type: 'refused'; reason: MediaRefusal }
  | { type: 'held' }
  /** The store failed over it: it is soon tried again. */
  | { type: 'unread' }
  | { type: 'fault'; fault: TransportFault; retryAfterMs: number | null };

/**
 * Brings the bytes of one photo: asks how far they are and goes on from there, piece by piece, until the server says
 * that it has them whole [PH2, PH3]. `goesOn` is asked before each request.
 */
export async function bringPhoto(
  memory: EngineMemory,
  transport: PhotoTransport,
  row: MediaRow,
  goesOn: () => boolean,
  moved: () => void,
): Promise<BroughtEnd> {
  const { sha, type, size } = row;
  const bytes = await memory.deps.outbox.mediaBytes(sha).catch(() => 'unread' as const);
  if (bytes === 'unread') return unreadBytes(memory, transport, row);
  memory.mediaUnderWay.unread.delete(sha);
  if (row.refused === 'unreadable') await memory.deps.outbox.changeMedia(sha, { refused: null });
  if (bytes === null) return withoutBytes(memory, transport, sha);
  if (bytes.byteLength !== size) return { type: 'refused', reason: 'damaged' };
  let piece = PIECE_BYTES;
  let broken = 0;
  let still = 0;
  let offset = 0;
  let ask = (): Promise<PhotoAnswer> => transport.head(sha, TIMEOUT_MS);
  const from = (at: number): void => {
    still = at > offset ? 0 : still + 1;
    offset = at;
    memory.mediaUnderWay.sent.set(sha, at);
    moved();
    // At the end nothing is left to send: an empty piece asks that what is there be looked at.
    const part = bytes.slice(at, at + piece);
    ask = () => transport.patch({ sha, type, length: size, offset: at, bytes: part }, TIMEOUT_MS);
  };
  while (still <= PATIENCE) {
    if (!goesOn()) return { type: 'held' };
    const answer = await ask();
    switch (answer.type) {
      case 'standing':
        if (answer.complete) return { type: 'done' };
        from(Math.min(answer.offset, size));
        break;
      case 'mismatch':
        from(Math.min(answer.offset, size));
        break;
      case 'none':
        from(0);
        break;
      case 'broken':
        broken += 1;
        if (broken >= BROKEN_MOST) return { type: 'refused', reason: 'damaged' };
        from(0);
        break;
      case 'refused':
        return answer;
      case 'fault':
        if (answer.fault !== 'too_large') return answer;
        if (piece <= SMALLEST_PIECE) return { type: 'refused', reason: 'too_large' };
        piece /= 2;
        from(offset);
        break;
    }
  }
  return { type: 'fault', fault: 'server', retryAfterMs: null };
}

/** Another tab was first, or they were lost; all of them may be there all the same. */
async function withoutBytes(memory: EngineMemory, transport: PhotoTransport, sha: string): Promise<BroughtEnd> {
  const row = (await memory.deps.outbox.media()).find((one) => one.sha === sha);
  if (row === undefined) return { type: 'done' };
  const answer = await transport.head(sha, TIMEOUT_MS);
  if (answer.type === 'fault') return answer;
  return answer.type === 'standing' && answer.complete ? { type: 'done' } : { type: 'refused', reason: 'lost' };
}

/** Not asked about each time: once it is marked, only its bytes are tried. A revoked phone has to hear what nobody needs [RV1]. */
async function unreadBytes(
  memory: EngineMemory,
  transport: PhotoTransport,
  { sha, refused }: MediaRow,
): Promise<BroughtEnd> {
  if (refused === 'unreadable' && !memory.revoked) return { type: 'refused', reason: refused };
  const answer = await transport.head(sha, TIMEOUT_MS);
  if (answer.type === 'standing' && answer.complete) return { type: 'done' };
  if (answer.type === 'fault') return answer;
  const times = (memory.mediaUnderWay.unread.get(sha) ?? 0) + 1;
  memory.mediaUnderWay.unread.set(sha, times);
  return times < UNREAD_MOST ? { type: 'unread' } : { type: 'refused', reason: 'unreadable' };
}
