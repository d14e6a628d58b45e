import * as v from 'valibot';
import type { Poke } from '../../protocol/sync-messages.ts';

/** A stream that the server ended (a new sign-in, a restart) is tried again after so long, and not by all at once. */
const REOPEN_MS = 15_000;
const REOPEN_SPREAD_MS = 30_000;

const pokeSchema = v.object({ space: v.string(), ver: v.number() });

function parsePoke(text: string): Poke | null {
  try {
    const poke = v.safeParse(pokeSchema, JSON.parse(text));
    return poke.success ? poke.output : null;
  } catch {
    // Not ours; the poll finds out what moved.
    return null;
  }
}

/** Whether the server has refused a stream to the revoked session that is here. */
interface Refusal {
  isStill(): boolean;
  note(): void;
}

/** Holds one stream open until it is told to end; opens it again where the server closed it. */
function holdStream(onPoke: (poke: Poke) => void, refusal: Refusal, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(open, REOPEN_MS + Math.random() * REOPEN_SPREAD_MS);
    };
    const open = (): void => {
      if (refusal.isStill()) return later();
      source = new EventSource('/api/poke');
      source.onmessage = (event: MessageEvent<string>) => {
        const poke = parsePoke(event.data);
        if (poke !== null) onPoke(poke);
      };
      source.onerror = () => {
        // While it is CONNECTING the browser tries again by itself.
        if (source?.readyState !== EventSource.CLOSED) return;
        refusal.note();
        later();
      };
    };
    ended.addEventListener('abort', () => {
      clearTimeout(timer);
      source?.close();
      resolve();
    });
    open();
  });
}

/**
 * Listens to pokes: one stream a browser, held by whichever visible tab has the Web Lock, and relayed to the others.
 * Nothing depends on it: without it the poll finds the same. Answers how to stop. A revoked session asks until it has
 * been refused, and not again before a sign-in: the browser empties its cache at each refusal [RV1].
 */
export function listenToPokes(memberId: string, onPoke: (poke: Poke) => void, isRevoked: () => boolean): () => void {
  if (typeof EventSource === 'undefined' || navigator.locks === undefined) return () => undefined;
  const channel = new BroadcastChannel(`poke-${memberId}`);
  channel.onmessage = (event: MessageEvent<Poke>) => {
    onPoke(event.data);
  };
  let turn: AbortController | null = null;
  let wasRefused = false;
  const refusal: Refusal = {
    isStill: () => (wasRefused &&= isRevoked()),
    note: () => (wasRefused = isRevoked()),
  };

  const compete = (): void => {
    if (turn !== null) return;
    const mine = new AbortController();
    turn = mine;
    const relay = (poke: Poke): void => {
      onPoke(poke);
      channel.postMessage(poke);
    };
    navigator.locks
      .request(`poke-${memberId}`, { signal: mine.signal }, () => holdStream(relay, refusal, mine.signal))
      // Aborted while it waited for its turn.
      .catch(() => undefined);
  };
  const yieldTurn = (): void => {
    turn?.abort();
    turn = null;
  };
  // A tab in the background may be frozen at any moment, and its lock with it: it lets others hold the stream.
  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') compete();
    else yieldTurn();
  };
  document.addEventListener('visibilitychange', onVisibility);
  onVisibility();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    yieldTurn();
    channel.close();
  };
}
