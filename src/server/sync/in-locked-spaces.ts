import type { Transaction } from 'kysely';
import type { SpaceId } from '../../domain/space/space.ts';
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

class SpacesGrew extends Error {
  readonly spaces: ReadonlySet<SpaceId>;

  constructor(spaces: ReadonlySet<SpaceId>) {
    super('more spaces are touched than are locked');
    this.spaces = spaces;
  }
}

/**
 * Runs work in one transaction over a space and whatever its reactions touch. The touched spaces show only
 * when the work has run: it runs again from nothing once all of them are locked in the order of their ids.
 * Tells the poke hub after the commit.
 */
export async function inLockedSpaces<T>(
  deps: Pick<Dependencies, 'db' | 'pokes' | 'metrics'>,
  space: SpaceId,
  now: number,
  work: (desk: LockedDesk) => Promise<LockedWork<T>>,
): Promise<T> {
  let spaces: ReadonlySet<SpaceId> = new Set([space]);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const asked = performance.now();
    try {
      const { result, versions } = await deps.db.transaction().execute(async (trx) => {
        const locked = await lockSpaces(trx, spaces);
        deps.metrics.lockWait.observe((performance.now() - asked) / 1000);
        const workspace = new Workspace({
          record: (key) => readStored(trx, key),
          space: (id) => readSpace(trx, id),
        });
        const homes = new RecordHomes(trx);
        const { result, alsoBump } = await work({ trx, workspace, homes, locked });
        const writes = workspace.writes();
        requireLocks(spaces, [...writes.map((write) => write.space), ...workspace.lookedThrough(), ...homes.touched()]);
        const bumped = new Set([...reckonDigests(locked, writes), ...alsoBump]);
        await bumpSpaces(trx, locked, bumped);
        await writeRecords(trx, locked, writes, now);
        return { result, versions: [...bumped].map((id) => ({ id, ver: (locked.get(id)?.ver ?? 0) + 1 })) };
      });
      for (const { id, ver } of versions) deps.pokes.publish(id, ver);
      return result;
    } catch (error) {
      if (!(error instanceof SpacesGrew)) throw error;
      spaces = error.spaces;
    }
  }
  throw new Error('reactions touch more spaces each time');
}

function requireLocks(spaces: ReadonlySet<SpaceId>, needed: readonly SpaceId[]): void {
  const all = new Set([...spaces, ...needed]);
  if (all.size > spaces.size) throw new SpacesGrew(all);
}
