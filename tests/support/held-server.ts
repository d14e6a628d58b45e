import { writeSync } from 'node:fs';
import process from 'node:process';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * A program: the sample server over SQLite, which stands still for whoever kills it at one point of the first
 * transaction that several pushes share:
 *
 *     HOLD_AT=inside         some of them have run, with more to come
 *     HOLD_AT=beforeCommit   all have run, and nothing is committed
 *     HOLD_AT=afterCommit    all is committed, and nobody is answered
 */
const SEVERAL = 3;
const point = process.env['HOLD_AT'];
let settled = 0;

function pass(reached: string): void {
  if (reached !== point || settled < SEVERAL) return;
  writeSync(1, 'holding\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** What SQLite is asked, and what is known before and after it has answered. */
function watch(sql: string, run: () => unknown): unknown {
  if (sql === 'commit') pass('beforeCommit');
  const answer = run();
  if (sql.startsWith('begin')) settled = 0;
  if (sql.startsWith('insert into "receipt"')) settled += 1;
  pass(sql === 'commit' ? 'afterCommit' : 'inside');
  return answer;
}

const prepare = Reflect.get(DatabaseSync.prototype, 'prepare') as (sql: string) => StatementSync;
DatabaseSync.prototype.prepare = function (sql: string): StatementSync {
  const statement = prepare.call(this, sql);
  const run = statement.run.bind(statement) as (...parameters: unknown[]) => unknown;
  return Object.assign(statement, { run: (...parameters: unknown[]) => watch(sql, () => run(...parameters)) });
};

await import('./sample-server.ts');
