/** Only a page has one: the service worker is in nobody's way. */
export const startPageWorker = (): Worker =>
  new Worker(new URL('./page-worker.ts', import.meta.url), { type: 'module' });
