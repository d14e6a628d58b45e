import process from 'node:process';
import { inject } from 'vitest';

/** Where `createTestDependencies` finds this variable, it opens its database there. */
process.env.TEST_POSTGRES_URL = inject('postgresUrl');
