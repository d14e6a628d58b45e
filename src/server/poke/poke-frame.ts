import type { Poke } from '../../protocol/sync-messages.ts';

const encoder = new TextEncoder();

/** Keeps the proxy and the phone from giving up the line. */
export const HEARTBEAT: Uint8Array = encoder.encode(': beat\n\n');

let last: { poke: Poke; bytes: Uint8Array } | undefined;

/** One server-sent event. All streams are told the same thing at once, so they share its bytes. */
export function pokeFrame(space: string, ver: number): Uint8Array {
  if (last?.poke.space !== space || last.poke.ver !== ver) {
    const poke: Poke = { space, ver };
    last = { poke, bytes: encoder.encode(`data: ${JSON.stringify(poke)}\n\n`) };
  }
  return last.bytes;
}
