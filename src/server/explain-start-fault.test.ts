import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { DatabaseFault } from './db/database-fault.ts';
import { explainStartFault } from './explain-start-fault.ts';

const config = readConfig({ DATABASE_URL: 'postgres://doorstep:secret@db.example.cn/doorstep' });

test.each([
  ['28P01', 'does not take the password'],
  ['28000', 'does not let this user in'],
  ['3D000', 'no such database'],
  ['42501', 'may not make tables'],
  ['53300', 'no connection left'],
  ['25006', 'is read-only'],
  ['53100', 'no room left on the disk of PostgreSQL'],
  ['58030', 'does not take or give what is asked'],
  ['58P01', 'its files are damaged'],
  ['XX001', 'its files are damaged'],
  ['XX002', 'its files are damaged'],
  ['57P03', 'is starting, stopping or recovering'],
  ['ECONNREFUSED', 'Is it running, and is the address right?'],
])(
  'what PostgreSQL says by %s is told in a sentence of its own, with the code and without the address',
  (code, words) => {
    const cause = Object.assign(new Error('of postgres://doorstep:secret@db.example.cn'), { code });
    const sentence = explainStartFault(new DatabaseFault(cause), config);
    expect(sentence).toContain(words);
    expect(sentence).toContain(code);
    expect(sentence).not.toContain('secret');
  },
);
