import type { Transaction } from 'kysely';
import type { SpaceId } from '../../domain/space/space.ts';
import { isPostgres } from '../db/engine.ts';
import { inSharedTransaction, type ReadAtEnd } from '../db/group-commit.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { lockSpaces, type LockedSpace } from './lock-spaces.ts';
import { readSpace, readStored } from './read-record.ts';
import { RecordHomes } from './record-homes.ts';
import { Workspace } from './workspace.ts';
import { bumpSpaces, reckonDigests, writeRecords } from './write-records.ts';

/** A space whose reactions reach further each time they are computed is a fault in a reaction. */
const MAX_ATTEMPTS = 5;

/** What work in locked spaces is given; gone with its transaction. */
export interface LockedDesk {
  trx: Transaction<Database>;
  workspace: Workspace;
  homes: RecordHomes;
  /** The spaces that are locked, as they were before. */
  locked: ReadonlyMap<SpaceId, LockedSpace>;
}

export interface LockedWork<T> {
  result: T;
  /** Spaces that get a new version though no record of theirs changed: they have new receipts. */
  alsoBump: ReadonlySet<SpaceId>;
}

type Work<T> = (desk: LockedDesk) => Promise<LockedWork<T>>;
type Parts = Pick<Dependencies, 'db' | 'pokes' | 'metrics'>;

interface Done<T> {
  result: T;
  versions: { id: SpaceId; ver: number }[];
}

/**
 * Runs work in one transaction over a space and whatever its reactions touch, which shows only when it has run. Work
 * may run again from nothing. Tells the poke hub after the commit.
 *
 * Over SQLite alone `atEnd` may add to the result what it reads once all who share the transaction have written.
 */
export async function inLockedSpaces<T>(
  deps: Parts,
  space: SpaceId,
  now: number,
  work: Work<T>,
  atEnd?: ReadAtEnd<T>,
): Promise<T> {
  const { result, versions } = isPostgres(deps.db)
    ? await inOrderOfIds(deps, space, now, work)
    : await amongOthers(deps, space, now, work, atEnd);
  for (const { id, ver } of versions) deps.pokes.publish(id, ver);
  return result;
}

/** SQLite has one writer: whoever is in a transaction holds every space, and shares the sync with all who wait. */
async function amongOthers<T>(
  { db, metrics }: Parts,
  space: SpaceId,
  now: number,
  work: Work<T>,
  atEnd?: ReadAtEnd<T>,
): Promise<Done<T>> {
  const asked = performance.now();
  const observe = (): void => {
    metrics.lockWait.observe((performance.now() - asked) / 1000);
  };
  let had = false;
  const settleHere = async (trx: Transaction<Database>): Promise<Done<T>> => {
    had = true;
    observe();
    const locked = await lockSpaces(trx, new Set([space]));
    return settle(trx, locked, now, work, async (needed) => {
      for (const [id, state] of await lockSpaces(trx, needed)) locked.set(id, state);
    });
  };
  try {
    return await inSharedTransaction(
      db,
      settleHere,
      atEnd && (async (trx, done) => ({ ...done, result: await atEnd(trx, done.result) })),
    );
  } catch (error) {
    // One that ended without the lock, by its timeout, is the longest of all.
    if (!had) observe();
    throw error;
  }
}

class SpacesGrew extends Error {
  readonly spaces: ReadonlySet<SpaceId>;

  constructor(spaces: ReadonlySet<SpaceId>) {
    super('more spaces are touched than are locked');
    this.spaces = spaces;
  }
}

/** Others hold rows as well: the work runs again once all that it touches is locked in the order of the ids. */
async function inOrderOfIds<T>({ db, metrics }: Parts, space: SpaceId, now: number, work: Work<T>): Promise<Done<T>> {
  let spaces: ReadonlySet<SpaceId> = new Set([space]);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const asked = performance.now();
    try {
      return await db.transaction().execute(async (trx) => {
        const locked = await lockSpaces(trx, spaces).finally(() => {
          metrics.lockWait.observe((performance.now() - asked) / 1000);
        });
        return settle(trx, locked, now, work, (needed) => {
          throw new SpacesGrew(new Set([...spaces, ...needed]));
        });
      });
    } catch (error) {
      if (!(error instanceof SpacesGrew)) throw error;
      spaces = error.spaces;
    }
  }
  throw new Error('reactions touch more spaces each time');
}

/** Does the work and stores what it settled. `lockMore` is called where it touched more than is locked. */
async function settle<T>(
  trx: Transaction<Database>,
  locked: ReadonlyMap<SpaceId, LockedSpace>,
  now: number,
  work: Work<T>,
  lockMore: (needed: ReadonlySet<SpaceId>) => Promise<void>,
): Promise<Done<T>> {
  const workspace = new Workspace({
    record: (key) => readStored(trx, key),
    space: (id) => readSpace(trx, id),
  });
  const homes = new RecordHomes(trx);
  const { result, alsoBump } = await work({ trx, workspace, homes, locked });
  const writes = workspace.writes();
  const touched = [...writes.map(({ space }) => space), ...workspace.lookedThrough(), ...homes.touched()];
  const needed = new Set(touched.filter((id) => !locked.has(id)));
  if (needed.size > 0) await lockMore(needed);
  const bumped = new Set([...reckonDigests(locked, writes), ...alsoBump]);
  await bumpSpaces(trx, locked, bumped);
  await writeRecords(trx, locked, writes, now);
  return { result, versions: [...bumped].map((id) => ({ id, ver: (locked.get(id)?.ver ?? 0) + 1 })) };
}
