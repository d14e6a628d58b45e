import { DatabaseSync } from 'node:sqlite';
import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { asDatabaseFault, DatabaseFault, faultKind, isLasting, isPassing } from './database-fault.ts';

const sqlstate = (code: string) => Object.assign(new DatabaseError('words', 5, 'error'), { code, severity: 'ERROR' });
const marked = (error: unknown) => new DatabaseFault(error);

test.each([
  ['22001', 'lasting'],
  ['23505', 'lasting'],
  ['54000', 'lasting'],
  ['55P03', 'busy'],
  ['40001', 'busy'],
  ['40P01', 'busy'],
  ['57014', 'busy'],
  ['08006', 'gone'],
  ['57P01', 'gone'],
  ['57P03', 'gone'],
  ['53100', 'disk'],
  ['25006', 'disk'],
  ['42P01', 'other'],
])('SQLSTATE %s is %s, and the same thing is tried again unless it is lasting', (code, kind) => {
  expect(faultKind(marked(sqlstate(code)))).toBe(kind);
  expect(isLasting(marked(sqlstate(code)))).toBe(kind === 'lasting');
  expect(isPassing(marked(sqlstate(code)))).toBe(kind !== 'lasting');
});

test('a connection that breaks, or none that is free, has no SQLSTATE and passes', () => {
  for (const error of [
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }),
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  ]) {
    expect(faultKind(marked(error))).toBe('gone');
    expect(isLasting(marked(error))).toBe(false);
  }
});

test('SQLite says by its own codes what is lasting and what is busy', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('create table t(a unique)');
  const insert = () => db.exec('insert into t values (1)');
  insert();
  let thrown: unknown;
  try {
    insert();
  } catch (error) {
    thrown = error;
  }

  expect(faultKind(thrown)).toBe('lasting');
  expect(faultKind(Object.assign(new Error('database is locked'), { errcode: 5 }))).toBe('busy');
});

test('a fault of the program is no word of a database, and is not tried again', () => {
  expect(faultKind(new TypeError('x'))).toBeNull();
  expect(isLasting(new TypeError('x'))).toBe(true);
  expect(isPassing(new TypeError('x'))).toBe(false);
});

test('what is marked is marked once', async () => {
  const fault = marked(sqlstate('55P03'));

  await expect(asDatabaseFault(Promise.reject(fault))).rejects.toBe(fault);
});
