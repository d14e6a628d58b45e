import { indexes } from '../../domain/record/indexes.ts';
import { makePage } from './make-page.ts';
import type { PageLines } from './make-page.ts';

export interface PageOrder {
  number: number;
  build: string;
  bytes: Uint8Array<ArrayBuffer>;
  count: number;
}

/** Null where it could not be made. */
export interface WorkerAnswer {
  number: number;
  page: PageLines | null;
}

/** Everything in it that has bytes of its own is handed over. */
const buffersOf = ({ segments, others }: PageLines): ArrayBuffer[] => [
  others.lines.buffer,
  ...segments.flatMap(({ segment: { ids, vers, contents }, pieces }) => [
    ...(typeof ids === 'string' ? [] : [ids.buffer]),
    vers.buffer,
    contents.buffer,
    ...pieces.map(({ buffer }) => buffer),
  ]),
];

self.onmessage = ({ data: { number, build, bytes, count } }: MessageEvent<PageOrder>) => {
  try {
    const page = makePage(bytes, count, { build, indexes });
    self.postMessage({ number, page } satisfies WorkerAnswer, { transfer: buffersOf(page) });
  } catch {
    self.postMessage({ number, page: null } satisfies WorkerAnswer);
  }
};
