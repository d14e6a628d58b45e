import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { DatabaseFault } from '../db/database-fault.ts';
import { logFault } from './log-fault.ts';

function logged(error: unknown): string {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  logFault(pino({ base: null }, stream), 'a fault', error);
  return text;
}

test('says what kind of fault it was and where, and never what its message holds', () => {
  const text = logged(new TypeError('cannot read\n    at 王芳 13800000000'));

  expect(text).toContain('"fault":"TypeError"');
  expect(text).toContain('log-fault.test.ts');
  expect(text).not.toMatch(/王芳|13800000000/);
});

test('tells of the cause where the database failed', () => {
  const cause = Object.assign(new Error('insert 王芳'), { code: 'ERR_SQLITE_ERROR' });

  expect(logged(new DatabaseFault(cause))).toContain('"code":"ERR_SQLITE_ERROR"');
});

test('whatever else is thrown is named by its type alone', () => {
  expect(logged('王芳')).toContain('"fault":"string"');
  expect(logged('王芳')).not.toContain('王芳');
});
