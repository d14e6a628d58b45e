import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Tests by the environment that they need; each runs against real parts (CONTRIBUTING.md). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rules',
          environment: 'node',
          include: ['src/{domain,protocol,sync,i18n}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'server',
          environment: 'node',
          include: ['src/server/**/*.test.ts', 'tests/{contract,integration,property}/**/*.test.ts'],
          testTimeout: 30_000,
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
        test: { name: 'client', environment: 'jsdom', include: ['src/client/**/*.test.ts'], testTimeout: 30_000 },
      },
    ],
  },
});
