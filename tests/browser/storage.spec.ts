import { expect, test } from '@playwright/test';
import { build } from 'vite';
import type { ContractResult } from './storage-contract.ts';

/** The phone's stores over the IndexedDB that people will have: the same suites as over memory. */
test('the storage suites hold over real IndexedDB', async ({ page }) => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: new URL('storage-contract.ts', import.meta.url).pathname, formats: ['iife'], name: 'contract' },
    },
  });
  const outputs = Array.isArray(built) ? built.flatMap((one) => one.output) : 'output' in built ? built.output : [];
  const script = outputs.find((one) => one.type === 'chunk')?.code ?? '';
  await page.route('http://storage.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  await page.goto('http://storage.test/');
  await page.addScriptTag({ content: script });
  const results = await page.evaluate(() =>
    (globalThis as unknown as { runStorageContract(): Promise<ContractResult[]> }).runStorageContract(),
  );
  expect(results.length).toBeGreaterThan(15);
  expect(results.filter(({ failure }) => failure !== null)).toEqual([]);
});
