import { v7 as newId } from 'uuid';
import type { Page } from '@playwright/test';
import type { MutationDraft } from '../../../src/domain/mutation/mutator.ts';
import type { SyncEngine } from '../../../src/sync/engine-api.ts';
import { demoCommunity } from '../../support/demo/neighbourhood.ts';
import { placeOf, ticketDraft } from '../../support/factories.ts';
import type { Bytes } from '../../support/photo-bytes.ts';

/** What the running application does where no page is the point: its own engine, as its pages use it. */

interface AppElement extends HTMLElement {
  __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, { engine: SyncEngine | null }> } } } };
}

declare global {
  interface Window {
    engineOfApp(): SyncEngine;
  }
}

/** Something that was written down here: what the balance at the end asks for. */
export interface Written {
  mid: string;
  name: string;
  id: string | null;
}

const community = demoCommunity('清泰门社区');
const estate = community.estates[0]!;

/** Matters at doors of one building, told apart by their words. */
export function manyMatters(count: number, words: string): MutationDraft[] {
  const building = estate.buildings[0]!;
  return Array.from({ length: count }, (_, n) => {
    const door = { entrance: n % building.entrances.length, floor: n % 3, room: 0 };
    const place = placeOf(community, estate, building, door);
    return ticketDraft(place, { id: newId(), kind: 'issue', item: 'LD02', text: `${words} ${n + 1}` });
  });
}

async function withEngine(page: Page): Promise<void> {
  const found = page.waitForFunction(() => {
    const app = document.querySelector<AppElement>('#app')?.__vue_app__;
    const engine = app?.config.globalProperties.$pinia._s.get('session')?.engine;
    if (engine) window.engineOfApp = () => engine;
    return Boolean(engine);
  });
  await found.catch(async (error: unknown) => {
    const shown = await page.evaluate(() => document.body.innerText);
    throw new Error(`No engine at ${page.url()}, which shows: ${shown.slice(0, 500)}`, { cause: error });
  });
}

/** Each saved for itself, one after the other; answers the mids of those that said 已存本机. */
export async function saveAll(page: Page, drafts: readonly MutationDraft[]): Promise<string[]> {
  await withEngine(page);
  return page.evaluate(async (requests) => {
    const mids: string[] = [];
    for (const request of requests) {
      for (const row of await window.engineOfApp().save([request])) mids.push(row.mid);
    }
    return mids;
  }, drafts);
}

/** One save of all of them, with these bytes; answers their mids. */
export async function saveWithPhoto(
  page: Page,
  drafts: readonly MutationDraft[],
  { sha, type, bytes }: Bytes,
): Promise<string[]> {
  await withEngine(page);
  const photo = { sha, type, base64: bytes.toString('base64') };
  return page.evaluate(
    async ([requests, { base64, ...named }]) => {
      const media = [{ ...named, bytes: Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer }];
      const rows = await window.engineOfApp().save(requests.map((one, n) => (n === 0 ? one : { ...one, media })));
      return rows.map(({ mid }) => mid);
    },
    [drafts, photo] as const,
  );
}

/** Everything that lies in the outbox of this phone, sent or not. */
export async function writtenDown(page: Page): Promise<Written[]> {
  await withEngine(page);
  return page.evaluate(() =>
    window
      .engineOfApp()
      .waiting()
      .map(({ row }) => ({ mid: row.mid, name: row.name, id: row.about?.id ?? null })),
  );
}

/** The mids that lie on the disk of this phone, whatever its pages think of them. */
export const midsOnDisk = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('no answer'));
        };
      });
    const mids: string[] = [];
    // Chromium never answers a question that was on its way when the storage was emptied: who polls asks again.
    const unanswered = new Promise<[]>((resolve) => setTimeout(resolve, 1_000, []));
    for (const { name } of await Promise.race([indexedDB.databases(), unanswered])) {
      if (name?.startsWith('outbox-') !== true) continue;
      const db = await answer(indexedDB.open(name));
      const rows = await answer<{ mid: string }[]>(db.transaction('mutations').objectStore('mutations').getAll());
      db.close();
      mids.push(...rows.map(({ mid }) => mid));
    }
    return mids;
  });

/** What a page thinks of these mids, for whoever has to find out where they went. */
export async function thoughtsOf(page: Page, mids: readonly string[]): Promise<string[]> {
  await withEngine(page);
  return page.evaluate((asked) => {
    const engine = window.engineOfApp();
    const known = new Map(engine.waiting().map((one) => [one.row.mid, one]));
    const thoughts = asked.map((mid) => {
      const one = known.get(mid);
      if (one === undefined) return `${mid}: unknown`;
      const { row, state, receipt } = one;
      return `${mid}: seq ${row.seq} ${state}, settled ${row.settledAt}, receipt ${receipt?.status ?? 'none'} ${receipt?.ver ?? ''}`;
    });
    const { phase, waiting, attention, lastFault } = engine.status();
    return [...thoughts, `${phase}, ${waiting} waiting, ${attention} to look at, fault ${lastFault ?? 'none'}`];
  }, mids);
}

export async function waitingCount(page: Page): Promise<number> {
  await withEngine(page);
  return page.evaluate(() => window.engineOfApp().status().waiting);
}

/** As when the phone finds its network again: whatever wait there was is over. */
export const findNetwork = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.dispatchEvent(new Event('online'));
  });
