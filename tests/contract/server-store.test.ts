import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createTestDependencies, onPostgres } from '../support/test-dependencies.ts';
import { serverStoreCases } from './server-store-cases.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-store-'));
afterAll(() => rm(folder, { recursive: true }));

let files = 0;

if (onPostgres()) {
  serverStoreCases('PostgreSQL', (options) => createTestDependencies(options));
} else {
  serverStoreCases('SQLite in memory', (options) => createTestDependencies(options));
  serverStoreCases('SQLite in a file', (options) =>
    createTestDependencies({ ...options, file: join(folder, `${++files}.sqlite`) }),
  );
}
