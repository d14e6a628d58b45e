import type { Kysely } from 'kysely';
import { OFFICE, parseSpace, type SpaceId } from '../../domain/space/space.ts';
import { findPlaces, type Places } from '../auth/actor-of.ts';
import type { Database } from '../db/schema.ts';

/** What was read in a transaction and holds to its end, or until somebody writes it: many share one. */
class TransactionMemory {
  readonly moved = new Set<SpaceId>();
  places: Promise<Places> | undefined;
}

const memories = new WeakMap<Kysely<Database>, TransactionMemory>();

function memoryOf(trx: Kysely<Database>): TransactionMemory {
  const memory = memories.get(trx) ?? new TransactionMemory();
  memories.set(trx, memory);
  return memory;
}

/** In a transaction: as of it, read once. */
export async function readPlaces(db: Kysely<Database>): Promise<Places> {
  if (!db.isTransaction) return findPlaces(db);
  return (memoryOf(db).places ??= findPlaces(db));
}

/** Has this space been written in this transaction? What is read of it then may never come to be. */
export const hasMoved = (trx: Kysely<Database>, space: SpaceId): boolean =>
  memories.get(trx)?.moved.has(space) ?? false;

/** These spaces are written in this transaction: what is remembered of them is read again. */
export function noteMoved(trx: Kysely<Database>, spaces: Iterable<SpaceId>): void {
  const memory = memoryOf(trx);
  for (const space of spaces) {
    memory.moved.add(space);
    if (space === OFFICE || parseSpace(space)?.kind === 'community') memory.places = undefined;
  }
}
