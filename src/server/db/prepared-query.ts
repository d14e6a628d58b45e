import {
  SelectQueryNode,
  type Compilable,
  type CompiledQuery,
  type DialectAdapter,
  type Kysely,
  type SqliteStatement,
} from 'kysely';
import type { Database } from './schema.ts';
import { OneConnectionAdapter } from './sqlite-dialect.ts';

type Value = string | number | null;
type Args = Readonly<Record<string, Value | readonly Value[]>>;

/** SQLite answers at once, PostgreSQL after a while. */
export type Answer<T> = T | Promise<T>;

/** Stands in a query's parameters where an argument goes, or one of its values. */
class Gap {
  readonly name: string;
  readonly index: number | undefined;

  constructor(name: string, index?: number) {
    this.name = name;
    this.index = index;
  }
}

/** A query's text for lists of certain lengths, with SQLite's own form of it once it was asked. */
interface Text<Row> {
  query: CompiledQuery<Row>;
  onlyReads: boolean;
  statement: SqliteStatement | undefined;
}

/**
 * A list of another length is another text. For `in` it does not matter how often a value stands there, so lists are
 * filled up with their last value to powers of two. Longer ones are rare, and built each time.
 */
const LONGEST_KEPT = 512;

const lengthOf = (length: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, length)));

/**
 * A query whose text is made once for each open database. To build and compile it anew costs several times what
 * SQLite takes to answer it, so what every push asks is prepared:
 *
 *     const readVer = prepareQuery<{ id: string }, { ver: number }>((db, arg) =>
 *       db.selectFrom('space').select('ver').where('id', '=', arg('id')));
 *     const [row] = await readVer(trx, { id });
 *
 * A list of arguments stands behind `in`, and is not empty.
 * SQLite is asked past Kysely, which takes as long again for its promises: the rows are here when this returns.
 */
export function prepareQuery<A extends Args, Row = unknown>(
  build: (db: Kysely<Database>, arg: <N extends keyof A & string>(name: N) => A[N]) => Compilable<Row>,
): (db: Kysely<Database>, args: A) => Answer<Row[]> {
  const kept = new WeakMap<DialectAdapter, Map<string, Text<Row>>>();
  /** The arguments that are lists: a query that has none has one text. */
  let lists: readonly string[] | undefined;

  const compile = (db: Kysely<Database>, args: A): Text<Row> => {
    const query = build(db, (name) => gapFor(name, args[name]) as never).compile();
    return { query, onlyReads: SelectQueryNode.is(query.query), statement: undefined };
  };

  function textFor(db: Kysely<Database>, adapter: DialectAdapter, args: A): Text<Row> {
    let texts = kept.get(adapter);
    if (!texts) kept.set(adapter, (texts = new Map<string, Text<Row>>()));
    lists ??= Object.keys(args).filter((name) => isList(args[name]));
    const shape = lists.length === 0 ? '' : shapeOf(args, lists);
    if (shape === null) return compile(db, args);
    let text = texts.get(shape);
    if (!text) texts.set(shape, (text = compile(db, args)));
    return text;
  }

  return (db, args) => {
    const { adapter } = db.getExecutor();
    const text = textFor(db, adapter, args);
    const parameters = filled(text.query.parameters, args);
    if (adapter instanceof OneConnectionAdapter && isOurTurn(db, adapter)) {
      const { snapshot } = adapter.connection;
      if (!text.onlyReads) snapshot.end();
      else if (!db.isTransaction) snapshot.begin();
      text.statement ??= adapter.connection.prepareRaw(text.query.sql);
      if (text.statement.reader) return text.statement.all(parameters) as Row[];
      text.statement.run(parameters);
      return [];
    }
    return db.executeQuery<Row>({ ...text.query, parameters }).then(({ rows }) => rows);
  };
}

/** Whoever is in no transaction waits for the one that is open: it may yet be rolled back. Kysely keeps the order. */
const isOurTurn = (db: Kysely<Database>, { connection }: OneConnectionAdapter): boolean =>
  db.isTransaction === connection.inTransaction;

const isList = (value: Args[string] | undefined): value is readonly Value[] => Array.isArray(value);

const gapFor = (name: string, value: Args[string] | undefined): Gap | Gap[] =>
  isList(value) ? Array.from({ length: lengthOf(value.length) }, (_, index) => new Gap(name, index)) : new Gap(name);

/** How long each list is in the text; null where one is too long to be kept. */
function shapeOf(args: Args, lists: readonly string[]): string | null {
  let shape = '';
  for (const name of lists) {
    const { length } = args[name] as readonly Value[];
    if (length > LONGEST_KEPT) return null;
    shape += `${lengthOf(length)},`;
  }
  return shape;
}

/** A query's parameters with the arguments in their gaps. */
function filled(parameters: readonly unknown[], args: Args): unknown[] {
  const values = new Array<unknown>(parameters.length);
  for (let n = 0; n < values.length; n++) {
    const parameter = parameters[n];
    values[n] = parameter instanceof Gap ? valueAt(args, parameter) : parameter;
  }
  return values;
}

function valueAt(args: Args, { name, index }: Gap): unknown {
  const value = args[name];
  return index !== undefined && isList(value) ? value[Math.min(index, value.length - 1)] : value;
}
