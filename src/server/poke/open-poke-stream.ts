import type { SpaceId } from '../../domain/space/space.ts';
import { memberSpace } from '../../domain/space/space.ts';
import type { Dependencies } from '../dependencies.ts';
import { logFault } from '../sync/log-fault.ts';
import { HEARTBEAT, pokeFrame } from './poke-frame.ts';

const HEARTBEAT_MS = 25_000;
/** A phone that reads nothing for so long has gone; it opens another stream when it comes back. */
const MAX_WAITING_BYTES = 64 * 1024;

export interface PokeListener {
  memberId: string;
  /** Asked at the start, at each heartbeat and when the member's own space moves; null: the session has ended. */
  allowed(): Promise<ReadonlySet<SpaceId> | null>;
  onClose(): void;
}

/** A stream of "space X is at version n", for the spaces that the member may hold. Carries nothing else. [I9] */
export function openPokeStream(
  deps: Pick<Dependencies, 'pokes' | 'stopping' | 'logger'>,
  listener: PokeListener,
): ReadableStream<Uint8Array> {
  let allowed: ReadonlySet<SpaceId> = new Set();
  let release = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        let open = true;
        const close = () => {
          if (!open) return;
          release();
          controller.close();
        };
        const send = (bytes: Uint8Array) => {
          if ((controller.desiredSize ?? 0) <= 0) close();
          else controller.enqueue(bytes);
        };
        const refresh = async () => {
          try {
            const spaces = await listener.allowed();
            if (!spaces) return close();
            allowed = spaces;
          } catch (error) {
            logFault(deps.logger, 'a poke stream ends', error);
            close();
          }
        };
        const unsubscribe = deps.pokes.subscribe((space, ver) => {
          if (allowed.has(space)) send(pokeFrame(space, ver));
          if (space === memberSpace(listener.memberId)) void refresh();
        });
        const beat = setInterval(() => {
          send(HEARTBEAT);
          void refresh();
        }, HEARTBEAT_MS);
        release = () => {
          if (!open) return;
          open = false;
          clearInterval(beat);
          unsubscribe();
          deps.stopping.removeEventListener('abort', close);
          listener.onClose();
        };
        deps.stopping.addEventListener('abort', close);
        await refresh();
        if (open) send(HEARTBEAT);
      },
      cancel() {
        // The reader has gone: the stream is closed already, and closing it again would throw.
        release();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_WAITING_BYTES }),
  );
}
