import type { Kysely } from 'kysely';
import { OFFICE, parseSpace, type SpaceId } from '../../domain/space/space.ts';
import { findPlaces, type Places } from '../auth/actor-of.ts';
import { isPostgres } from '../db/engine.ts';
import type { Answer } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import type { Account } from './author.ts';
import type { LockedSpace } from './lock-spaces.ts';
import type { StoredRecord } from './workspace.ts';

/** The database's own row. */
export interface ServerRow {
  epoch: string;
  run: string;
}

/** What was read in a transaction and holds to its end, or until somebody writes it: many share one. */
class TransactionMemory {
  readonly moved = new Set<SpaceId>();
  readonly records = new Map<SpaceId, Map<string, StoredRecord>>();
  readonly versions = new Map<SpaceId, number>();
  readonly bumped = new Map<SpaceId, LockedSpace>();
  readonly accounts = new Map<string, Account | undefined>();
  places: Answer<Places> | undefined;
  server: ServerRow | undefined;
}

const memories = new WeakMap<Kysely<Database>, TransactionMemory>();

function memoryOf(trx: Kysely<Database>): TransactionMemory {
  let memory = memories.get(trx);
  if (!memory) memories.set(trx, (memory = new TransactionMemory()));
  return memory;
}

/** In a transaction: as of it, read once. */
export function readPlaces(db: Kysely<Database>): Answer<Places> {
  if (!db.isTransaction) return findPlaces(db);
  return (memoryOf(db).places ??= findPlaces(db));
}

/**
 * The records of a space that were read in this transaction, by kind and id; undefined where they may yet change in it,
 * as in PostgreSQL, where others write meanwhile.
 */
export function readRecordsOf(db: Kysely<Database>, space: SpaceId): Map<string, StoredRecord> | undefined {
  if (!db.isTransaction || isPostgres(db)) return undefined;
  const { records, moved } = memoryOf(db);
  if (moved.has(space)) return undefined;
  let read = records.get(space);
  if (!read) records.set(space, (read = new Map<string, StoredRecord>()));
  return read;
}

/** The spaces that got a version in this transaction, as they stand now: until it ends nobody else changes them. */
export const bumpedIn = (trx: Kysely<Database>): Map<SpaceId, LockedSpace> => memoryOf(trx).bumped;

/** The accounts that were read in this transaction, by session: nothing is pushed in one that writes any. */
export const accountsIn = (db: Kysely<Database>): Map<string, Account | undefined> =>
  db.isTransaction ? memoryOf(db).accounts : new Map<string, Account | undefined>();

/** The same for the database's own row. */
export const serverIn = (db: Kysely<Database>): { server: ServerRow | undefined } =>
  db.isTransaction ? memoryOf(db) : { server: undefined };

/** The versions of spaces that were read in this transaction. */
export const readVersionsOf = (db: Kysely<Database>): Map<SpaceId, number> =>
  db.isTransaction ? memoryOf(db).versions : new Map<SpaceId, number>();

/** Has this space been written in this transaction? What is read of it then may never come to be. */
export const hasMoved = (trx: Kysely<Database>, space: SpaceId): boolean =>
  memories.get(trx)?.moved.has(space) ?? false;

/** These spaces are written in this transaction: what is remembered of them is read again. */
export function noteMoved(trx: Kysely<Database>, spaces: Iterable<SpaceId>): void {
  const memory = memoryOf(trx);
  for (const space of spaces) {
    memory.moved.add(space);
    memory.records.delete(space);
    memory.versions.delete(space);
    if (space === OFFICE || parseSpace(space)?.kind === 'community') memory.places = undefined;
  }
}
