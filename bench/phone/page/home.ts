import type { SyncEngine } from '../../../src/sync/engine-api.ts';
import { eventually } from './open-phone.ts';

const SHOWN = 50;

const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** The first list of a phone: what is open, the newest first, with its count; resolves when it is painted. */
export async function paintHome(engine: SyncEngine, space: string): Promise<number> {
  const { view } = engine;
  const open = { space, kind: 'ticket', index: 'byOpen', key: 'open' } as const;
  const list = await eventually(engine, () => {
    const count = view.count(open);
    const records = view.list({ ...open, order: 'desc', limit: SHOWN });
    return count > 0 && records.length === Math.min(SHOWN, count) ? { count, records } : undefined;
  });
  const main = document.querySelector('main')!;
  const title = document.createElement('h1');
  title.textContent = `待办 ${list.count}`;
  const items = list.records.map(({ data }) => {
    const item = document.createElement('article');
    item.textContent = `${data.place.label} ${data.text}`;
    return item;
  });
  main.replaceChildren(title, ...items);
  await nextFrame();
  await nextFrame();
  return performance.now();
}
