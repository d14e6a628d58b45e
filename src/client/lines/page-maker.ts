import type { PageRows } from '../../sync/cache-port.ts';
import type { MadeBy } from '../../sync/segment.ts';
import { makePage } from './make-page.ts';
import type { PageLines, PagePart } from './make-page.ts';
import type { PageOrder, WorkerAnswer } from './page-worker.ts';
import { rowsInPieces } from './pieces.ts';
import { readRows } from './read-rows.ts';

/** Makes what a page of many is stored as; rejects where its lines are not what was told of them. */
export type MakePage = (parts: readonly PagePart[]) => Promise<PageRows>;

export interface PageMaker extends MakePage {
  /** Pages of many may come: who makes them is started while the first is on its way. */
  getReady(): void;
}

/** A worker that has nothing to do goes after a while: a phone has little memory. */
const IDLE_MS = 5_000;
const WORKER_MS = 15_000;

function rowsOf(parts: readonly PagePart[], { segments, others }: PageLines): PageRows {
  const made = segments.map(({ part, segment }) => {
    const pieces = parts[part]!.pieces.map((packed) => ({ packed }));
    return { segment, pieces, rows: () => rowsInPieces(pieces, segment) };
  });
  return { rows: readRows(others.lines, 0, others.count)?.rows ?? [], segments: made };
}

interface Waiting {
  done(answer: PageLines): void;
  failed(): void;
}

/**
 * Makes them in a worker, while the page before is being stored and the next one is on its way; here where none can be
 * had, and from then on where it fails.
 */
export function createPageMaker(made: MadeBy, startWorker?: () => Worker): PageMaker {
  let start = startWorker;
  let worker: Worker | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Map<number, Waiting>();
  let last = 0;

  const end = (): void => {
    worker?.terminate();
    worker = null;
  };
  const giveUp = (): void => {
    start = undefined;
    end();
    const left = [...waiting.values()];
    waiting.clear();
    for (const { failed } of left) failed();
  };

  function started(from: () => Worker): Worker {
    if (worker !== null) return worker;
    const fresh = from();
    fresh.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      const one = waiting.get(data.number);
      waiting.delete(data.number);
      if (waiting.size === 0) idle = setTimeout(end, IDLE_MS);
      if (data.page === null) one?.failed();
      else one?.done(data.page);
    };
    fresh.onerror = giveUp;
    worker = fresh;
    return fresh;
  }

  /** Where it cannot be started, the first page finds out. */
  const getReady = (): void => {
    if (start === undefined || worker !== null) return;
    try {
      started(start);
      idle = setTimeout(end, IDLE_MS);
    } catch {
      // As if nobody had asked.
    }
  };

  const inWorker = (parts: readonly PagePart[], from: () => Worker): Promise<PageLines> =>
    new Promise<PageLines>((done, reject) => {
      clearTimeout(idle);
      const number = (last += 1);
      const tooLong = setTimeout(giveUp, WORKER_MS);
      const failed = (): void => {
        clearTimeout(tooLong);
        reject(new Error('not made by the worker'));
      };
      const made = (page: PageLines): void => {
        clearTimeout(tooLong);
        done(page);
      };
      started(from).postMessage({ number, build, parts } satisfies PageOrder);
      waiting.set(number, { done: made, failed });
    });
  const { build } = made;

  const make: MakePage = async (parts) => {
    const here = (): Promise<PageLines> => makePage(parts, made);
    return rowsOf(parts, await (start === undefined ? here() : inWorker(parts, start).catch(here)));
  };
  return Object.assign(make, { getReady });
}
