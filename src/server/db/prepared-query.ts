import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely';
import type { Database } from './schema.ts';

type Value = string | number | null;
type Args = Readonly<Record<string, Value | readonly Value[]>>;

/** Stands in a query's parameters where an argument goes, or one of its values. */
class Gap {
  readonly name: string;
  readonly index: number | undefined;

  constructor(name: string, index?: number) {
    this.name = name;
    this.index = index;
  }
}

/** A list of another length is another text. Longer ones are rare, and built each time. */
const LONGEST_KEPT = 16;

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
  const kept = new WeakMap<DialectAdapter, Map<string, CompiledQuery<Row>>>();

  const compile = (db: Kysely<Database>, args: A): CompiledQuery<Row> =>
    build(db, (name) => gapFor(name, args[name]) as never).compile();

  function textFor(db: Kysely<Database>, args: A): CompiledQuery<Row> {
    const { adapter } = db.getExecutor();
    const texts = kept.get(adapter) ?? new Map<string, CompiledQuery<Row>>();
    kept.set(adapter, texts);
    const shape = shapeOf(args);
    if (shape === null) return compile(db, args);
    const text = texts.get(shape) ?? compile(db, args);
    texts.set(shape, text);
    return text;
  }

  return async (db, args) => {
    const text = textFor(db, args);
    const parameters = text.parameters.map((value) => (value instanceof Gap ? valueAt(args, value) : value));
    const asked: CompiledQuery<Row> = { ...text, parameters };
    return (await db.executeQuery(asked)).rows;
  };
}

const isList = (value: Args[string] | undefined): value is readonly Value[] => Array.isArray(value);

const gapFor = (name: string, value: Args[string] | undefined): Gap | Gap[] =>
  isList(value) ? value.map((_, index) => new Gap(name, index)) : new Gap(name);

/** How long each list is; null where one is too long to be kept. */
function shapeOf(args: Args): string | null {
  let shape = '';
  for (const value of Object.values(args)) {
    if (!isList(value)) continue;
    if (value.length > LONGEST_KEPT) return null;
    shape += `${value.length},`;
  }
  return shape;
}

function valueAt(args: Args, { name, index }: Gap): unknown {
  const value = args[name];
  return isList(value) && index !== undefined ? value[index] : value;
}
