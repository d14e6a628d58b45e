import { indexes } from '../../domain/record/indexes.ts';
import { Scratch } from './inflate.ts';
import { makePage } from './make-page.ts';
import type { PageLines, PagePart } from './make-page.ts';

export interface PageOrder {
  number: number;
  build: string;
  parts: readonly PagePart[];
}

/** Null where it could not be made. */
export interface WorkerAnswer {
  number: number;
  page: PageLines | null;
}

/** Everything in it that has bytes of its own is handed over. */
const buffersOf = ({ segments, others }: PageLines): ArrayBuffer[] => [
  others.lines.buffer,
  ...segments.flatMap(({ segment: { ids, vers, contents } }) => [
    ...(typeof ids === 'string' ? [] : [ids.buffer]),
    vers.buffer,
    contents.buffer,
  ]),
];

const scratch = new Scratch();

async function answer({ number, build, parts }: PageOrder): Promise<void> {
  try {
    const page = await makePage(parts, { build, indexes }, scratch);
    self.postMessage({ number, page } satisfies WorkerAnswer, { transfer: buffersOf(page) });
  } catch {
    self.postMessage({ number, page: null } satisfies WorkerAnswer);
  }
}

let last = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<PageOrder>) => {
  // One after the other: they share the scratch.
  last = last.then(() => answer(data));
};
