import type { Table } from 'dexie';
import type { FirstScreen } from '../../sync/first-screen.ts';
import type { CachedSpace } from '../../sync/cache-port.ts';
import type { CacheDatabase } from './cache-database.ts';

/** It lies beside the state: a table of its own would keep a tab of an older build from opening the database. */
const KEY = 'firstScreen';

/** One text: reading it is quicker than reading records. */
interface Stored {
  k: typeof KEY;
  text: string;
}

const tableOf = (db: CacheDatabase): Table<Stored, string> => db.table<Stored, string>('state');

type Kept = Omit<FirstScreen, 'decisions'> & { decisions: [string, never][] };

export async function readFirstScreen(db: CacheDatabase): Promise<FirstScreen | null> {
  const stored = await tableOf(db).get(KEY);
  if (stored === undefined) return null;
  const { answers, decisions, ...screen } = JSON.parse(stored.text) as Kept;
  return {
    ...screen,
    // What was not there is null in the text.
    answers: answers.map(([question, answer]) => [question, answer ?? undefined]),
    decisions: new Map(decisions),
  };
}

export function keepFirstScreen(
  db: CacheDatabase,
  { decisions, ...screen }: FirstScreen,
  spaces: readonly CachedSpace[],
): Promise<void> {
  const text = JSON.stringify({ ...screen, decisions: [...decisions] });
  return db.transaction('rw', [db.state, db.spaces], async () => {
    // What was let go of meanwhile is not written down once more.
    if (same(await db.spaces.toArray(), spaces)) await tableOf(db).put({ k: KEY, text });
  });
}

/** Lets go of it, in the transaction of whoever lets go of what it shows. */
export const dropFirstScreen = (db: CacheDatabase): Promise<void> => tableOf(db).delete(KEY);

const sorted = (spaces: readonly CachedSpace[]): string =>
  JSON.stringify([...spaces].sort((a, b) => (a.id < b.id ? -1 : 1)));

const same = (stored: readonly CachedSpace[], spaces: readonly CachedSpace[]): boolean =>
  sorted(stored) === sorted(spaces);
