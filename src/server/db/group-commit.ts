import type { Kysely, Transaction, TransactionBuilder } from 'kysely';
import type { Database } from './schema.ts';

/** Work in a transaction. Where somebody else's work beside it fails it runs again from nothing, so it must not mind. */
export type SharedWork<T> = (trx: Transaction<Database>) => Promise<T>;

/** What is read in the same transaction when all who share it have written. Not come to where that takes too long. */
export type ReadAtEnd<T> = (trx: Transaction<Database>, result: T) => Promise<T>;

/** So many wait for one sync at the most; the next wait for the next. */
const LARGEST_GROUP = 100;
/** Nobody else reads or writes meanwhile: so long a group takes more in, and the rest wait for the next. */
const LONGEST_MS = 100;
/** How many turns of the event loop a group waits for more, as long as each brings some. */
const MOST_TURNS = 4;

/**
 * One group for each open database. Runs work in a transaction that it shares with whatever else waits: the sync to
 * the disk costs the same for one as for twenty. Work runs one after the other and sees what was written before it in
 * the group. It is answered when all of it is on the disk.
 *
 * Nobody pays for another: where something in a group fails, nothing of it is kept, and each runs again in a
 * transaction of its own.
 */
export const inSharedTransaction = <T>(db: Kysely<Database>, work: SharedWork<T>, atEnd?: ReadAtEnd<T>): Promise<T> =>
  groupOf(writing, db, () => db.transaction()).run(work, atEnd);

/** The same for what only reads: all of it in one snapshot, which is no older than the moment in which it was asked for. */
export const inSharedSnapshot = <T>(db: Kysely<Database>, work: SharedWork<T>): Promise<T> =>
  groupOf(reading, db, () => db.transaction().setAccessMode('read only')).run(work);

type Begin = () => TransactionBuilder<Database>;
type Groups = WeakMap<Kysely<Database>, Group>;

const writing: Groups = new WeakMap();
const reading: Groups = new WeakMap();

function groupOf(groups: Groups, db: Kysely<Database>, begin: Begin): Group {
  const group = groups.get(db) ?? new Group(begin);
  groups.set(db, group);
  return group;
}

interface Waiting {
  work: SharedWork<unknown>;
  atEnd: ReadAtEnd<unknown> | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A turn of the event loop: whatever has come in by then is in. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Group {
  readonly #begin: Begin;
  #waiting: Waiting[] = [];
  #atWork = false;

  constructor(begin: Begin) {
    this.#begin = begin;
  }

  run<T>(work: SharedWork<T>, atEnd?: ReadAtEnd<T>): Promise<T> {
    const result = new Promise<unknown>((resolve, reject) => {
      this.#waiting.push({ work, atEnd: atEnd as ReadAtEnd<unknown> | undefined, resolve, reject });
    });
    if (!this.#atWork) void this.#runAll();
    return result as Promise<T>;
  }

  async #runAll(): Promise<void> {
    this.#atWork = true;
    while (this.#waiting.length > 0) {
      await this.#gather();
      await this.#commit(this.#waiting.splice(0, LARGEST_GROUP));
    }
    this.#atWork = false;
  }

  async #gather(): Promise<void> {
    for (let turns = 0; turns < MOST_TURNS; turns++) {
      const before = this.#waiting.length;
      await turn();
      if (this.#waiting.length === before) return;
    }
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    let begun = false;
    try {
      const results = await this.#begin().execute(async (trx) => {
        begun = true;
        const end = performance.now() + LONGEST_MS;
        const done: unknown[] = [];
        for (const { work } of group) {
          if (done.length > 0 && performance.now() > end) break;
          done.push(await work(trx));
        }
        for (const [n, result] of done.entries()) {
          if (performance.now() > end) break;
          done[n] = (await group[n]?.atEnd?.(trx, result)) ?? result;
        }
        return done;
      });
      for (const [n, result] of results.entries()) group[n]?.resolve(result);
      this.#waiting.unshift(...group.slice(results.length));
    } catch (error) {
      // Where not even a transaction begins, to try each would only make all wait that much longer.
      if (group.length === 1 || !begun) for (const { reject } of group) reject(error);
      else for (const one of group) await this.#commit([one]);
    }
  }
}
