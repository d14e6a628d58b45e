import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** What several server processes do to one PostgreSQL needs one. */
const POSTGRES_ONLY = 'tests/integration/postgres-*.test.ts';
/** What has to hold over either engine runs a second time, over PostgreSQL. */
const BOTH_ENGINES = [
  'tests/contract/server-store.test.ts',
  'tests/integration/sync-*.test.ts',
  'tests/integration/accounts-{at-once,held,invitations,members,password,reveal,session,setup}.test.ts',
  'tests/integration/{building-moves,claim-expiry,contact-corrections,metrics,poke-stream,rescue}.test.ts',
  'tests/integration/{claimers-phones,cleared-phone,devices,held-let-go,waiting-photos}.test.ts',
  'tests/integration/{photo-kept,photo-orphans,photo-queue,photos,photos-by-hash,photos-found,photos-from-before,photos-in-s3,photos-of-a-lost-phone}.test.ts',
  'tests/integration/{resident,resident-due,resident-photos}.test.ts',
  'tests/integration/backup-photos.test.ts',
  'src/server/verify/verify-database.test.ts',
];

/** They put something in the place of the canvas: whoever has loaded it before would have the one that was there. */
const DRAWN_OTHERWISE = [
  'src/client/components/media/media-picker.test.ts',
  'src/client/features/door/log-strip.test.ts',
];

/** Tests by the environment that they need; each runs against real parts (CONTRIBUTING.md). */
export default defineConfig({
  test: {
    // All cores: left to itself it keeps one free, which on two is half.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'rules',
          environment: 'node',
          include: ['src/{domain,protocol,sync,i18n}/**/*.test.ts'],
          // These leave nothing behind in a module; a worker for each file would cost more than its tests.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'server',
          environment: 'node',
          include: ['src/server/**/*.test.ts', 'tests/{contract,integration,property}/**/*.test.ts'],
          exclude: [POSTGRES_ONLY],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'postgres',
          environment: 'node',
          include: [POSTGRES_ONLY, ...BOTH_ENGINES],
          globalSetup: ['tests/support/postgres/global-setup.ts'],
          setupFiles: ['tests/support/postgres/worker-setup.ts'],
          // What makes these tests slow is the start of what they stand on.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'simulation',
          environment: 'node',
          include: ['tests/simulation/**/*.test.ts'],
          testTimeout: 180_000,
        },
      },
      {
        plugins: [vue()],
        // A document costs more than most of these tests: those that need one say so in their first line.
        test: {
          name: 'client',
          environment: 'node',
          include: ['src/client/**/*.test.ts'],
          exclude: DRAWN_OTHERWISE,
          setupFiles: ['tests/support/indexed-db-setup.ts'],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'client, drawn otherwise',
          environment: 'node',
          include: DRAWN_OTHERWISE,
          setupFiles: ['tests/support/indexed-db-setup.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
