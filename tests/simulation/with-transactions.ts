import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../../src/server/db/schema.ts';

export type Begin = <T>(work: (trx: Transaction<Database>) => Promise<T>) => Promise<T>;
export type Around = <T>(begin: Begin, work: (trx: Transaction<Database>) => Promise<T>) => Promise<T>;

/** Each transaction that writes runs within `around`. */
export function withTransactions(db: Kysely<Database>, around: Around): Kysely<Database> {
  const transaction = (): unknown => {
    const builder = db.transaction();
    return {
      setIsolationLevel: (level: 'repeatable read') => builder.setIsolationLevel(level),
      setAccessMode: (mode: 'read only') => builder.setAccessMode(mode),
      execute: <T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> =>
        around((inside) => builder.execute(inside), work),
    };
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
