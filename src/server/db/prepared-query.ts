import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely';
import type { Database } from './schema.ts';

type Args = Readonly<Record<string, string | number | null>>;

/** Stands in a query's parameters where an argument goes. */
class Gap {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query whose text is made once for each open database. To build and compile it anew costs several times what
 * SQLite takes to answer it, so what every push asks is prepared:
 *
 *     const readVer = prepareQuery<{ id: string }, { ver: number }>((db, arg) =>
 *       db.selectFrom('space').select('ver').where('id', '=', arg('id')));
 *     const [row] = await readVer(trx, { id });
 */
export function prepareQuery<A extends Args, Row = unknown>(
  build: (db: Kysely<Database>, arg: <N extends keyof A & string>(name: N) => A[N]) => Compilable<Row>,
): (db: Kysely<Database>, args: A) => Promise<Row[]> {
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<Row>>();
  return async (db, args) => {
    const { adapter } = db.getExecutor();
    let query = compiled.get(adapter);
    if (!query) {
      query = build(db, <N extends keyof A & string>(name: N) => new Gap(name) as unknown as A[N]).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((value) => (value instanceof Gap ? args[value.name] : value));
    const asked: CompiledQuery<Row> = { ...query, parameters };
    return (await db.executeQuery(asked)).rows;
  };
}
