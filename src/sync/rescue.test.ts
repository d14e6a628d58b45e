import { expect, test } from 'vitest';
import { mediaRow, waitingEntry } from '../../tests/support/waiting-rows.ts';
import type { SyncEngine, Waiting, WaitingMedia } from './engine-api.ts';
import { collectRescue } from './rescue.ts';

const entry = (mid: string, state: Waiting['state'] = 'saved'): Waiting => waitingEntry(mid, { state });
const photo = (sha: string, mid: string, over: Partial<WaitingMedia['row']> = {}): WaitingMedia => ({
  row: mediaRow({ sha, mids: [mid], ...over }),
  state: 'saved',
  sent: 0,
});
/** An engine that holds these, and whose store fails over some bytes. */
const holding = (entries: Waiting[], media: WaitingMedia[], unreadable: readonly string[] = []): SyncEngine =>
  ({
    waiting: () => entries,
    media: {
      all: () => media.map(({ row }) => row),
      bytes: (sha: string) =>
        unreadable.includes(sha) ? Promise.reject(new Error('no blob')) : Promise.resolve(new ArrayBuffer(1)),
    },
  }) as unknown as SyncEngine;

test('[RF1] words and the other photos go into the file where one cannot be read, and it is named', async () => {
  const engine = holding([entry('a')], [photo('bad', 'a'), photo('good', 'a')], ['bad']);
  const { records, media, unread } = await collectRescue(engine);
  expect([records.map(({ mid }) => mid), media.map(({ sha }) => sha), unread]).toEqual([['a'], ['good'], ['bad']]);
});

test('[RF1] a photo that was put aside goes with its record where that is asked for by itself, and else not', async () => {
  const [one, other] = [entry('a', 'delivered'), entry('b')];
  const media = [photo('aside', 'a', { refused: 'damaged', asideAt: 5 }), photo('open', 'b')];
  const shas = async (only?: Waiting[]) =>
    (await collectRescue(holding([one, other], media), only)).media.map(({ sha }) => sha);
  expect(await shas([one])).toEqual(['aside']);
  expect(await shas()).toEqual(['open']);
});
