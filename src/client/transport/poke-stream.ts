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

/** Holds one stream open until it is told to end; opens it again where the server closed it. */
function holdStream(onPoke: (poke: Poke) => void, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = (): void => {
      source = new EventSource('/api/poke');
      source.onmessage = (event: MessageEvent<string>) => {
        const poke = parsePoke(event.data);
        if (poke !== null) onPoke(poke);
      };
      source.onerror = () => {
        // While it is CONNECTING the browser tries again by itself.
        if (source?.readyState !== EventSource.CLOSED) return;
        clearTimeout(timer);
        timer = setTimeout(open, REOPEN_MS + Math.random() * REOPEN_SPREAD_MS);
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
 * Nothing depends on it: without it the poll finds the same. Answers how to stop.
 */
export function listenToPokes(memberId: string, onPoke: (poke: Poke) => void): () => void {
  if (typeof EventSource === 'undefined' || navigator.locks === undefined) return () => undefined;
  const channel = new BroadcastChannel(`poke-${memberId}`);
  channel.onmessage = (event: MessageEvent<Poke>) => {
    onPoke(event.data);
  };
  let turn: AbortController | null = null;

  const compete = (): void => {
    if (turn !== null) return;
    const mine = new AbortController();
    turn = mine;
    const relay = (poke: Poke): void => {
      onPoke(poke);
      channel.postMessage(poke);
    };
    navigator.locks
      .request(`poke-${memberId}`, { signal: mine.signal }, () => holdStream(relay, mine.signal))
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
