import { DEFLATE_END } from '../../protocol/sync-packed.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const END = Uint8Array.from(DEFLATE_END);

/** Where bytes are put one behind the other. The next that are put here take the place of those before. */
export class Scratch {
  private bytes: Bytes = new Uint8Array(0);
  private used = 0;

  clear(): void {
    this.used = 0;
  }

  put(chunk: Uint8Array): void {
    const needed = this.used + chunk.length;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.used));
      this.bytes = larger;
    }
    this.bytes.set(chunk, this.used);
    this.used = needed;
  }

  get filled(): Bytes {
    return this.bytes.subarray(0, this.used);
  }
}

/** Chromium had such streams from 80 on, and of this kind from 103 on; Safari and Firefox have both since 2023. */
export function canInflate(): boolean {
  try {
    return new DecompressionStream('deflate-raw') instanceof DecompressionStream;
  } catch {
    return false;
  }
}

async function readAll(readable: ReadableStream<Uint8Array>, into: Scratch): Promise<void> {
  const reader = readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) into.put(next.value);
}

/**
 * What these pieces say, one behind the other; they lie in `scratch`, which two must not use at once: fresh megabytes cost
 * more than it takes to fill them. Throws where they are not what was packed.
 */
export async function inflateInto(scratch: Scratch, pieces: readonly Bytes[]): Promise<Bytes> {
  scratch.clear();
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  // None waits for the one before it: the stream keeps their order.
  const written = [...pieces, END].map((piece) => writer.write(piece));
  await Promise.all([readAll(readable, scratch), ...written, writer.close()]);
  return scratch.filled;
}

/** What these pieces say, in memory of its own. */
export const inflate = async (pieces: readonly Bytes[]): Promise<Bytes> =>
  (await inflateInto(new Scratch(), pieces)).slice();
