/// <reference lib="webworker" />
import { setCacheNameDetails } from 'workbox-core';
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { NOT_THE_APP, PAST_THE_WORKER } from './not-the-app.ts';
import { SEND_TAG } from './send-tag.ts';

/** Chromium's; in no library because no other browser has it. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

/** Not in every browser, and not in TypeScript's library. */
interface RoutingInstallEvent extends ExtendableEvent {
  addRoutes?(rules: readonly { condition: { urlPattern: { pathname: string } }; source: 'network' }[]): Promise<void>;
}

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null; integrity: string }[];
  /** Made by `SENDER`. */
  sender?: { sendWaiting(): Promise<void> };
};

// Earlier workers put by what a captive portal said to be a piece of the program, and whatever lies there is taken over by
// its name: under this name nothing lies that was not known by its hash.
setCacheNameDetails({ precache: 'precache-by-hash' });

/**
 * The browser keeps what came under a hashed name for a year, a portal's page too: asked for once more, past it. Without that
 * no worker would be installed until then.
 */
async function putByAnew(request: Request): Promise<Response> {
  const response = await fetch(new Request(request, { cache: 'reload' }));
  const cache = await caches.open(program.strategy.cacheName);
  await cache.put(program.getCacheKeyForURL(request.url) ?? request, response.clone());
  return response;
}

// The whole program is kept: every page opens without a network.
const program = new PrecacheController({
  plugins: [
    {
      // Another hash and no network look the same to a worker. An answer that is not 200 is another error.
      handlerDidError: async ({ error, event, request }) =>
        event.type === 'install' && error instanceof TypeError ? putByAnew(request) : undefined,
    },
  ],
});
program.addToCacheList(self.__WB_MANIFEST);
registerRoute(new PrecacheRoute(program));
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(program.createHandlerBoundToURL('/index.html'), { denylist: [...NOT_THE_APP] }));

/** A worker that takes over meanwhile clears away what is not its own: what it took of this one's is put by anew. */
async function expectWhole(): Promise<void> {
  const cache = await caches.open(program.strategy.cacheName);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  if ([...program.getURLsToCacheKeys().values()].some((key) => !kept.has(key))) throw new Error('a file is missing');
}

self.addEventListener('install', (event) => {
  event.waitUntil(program.install(event).then(expectWhole));
});
self.addEventListener('activate', program.activate);

// The person decides when a new version takes over: a form may be half filled in.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

// A worker that is asked for something while it is to be replaced stays for up to five minutes: phones without a network
// ask every few seconds, and 现在更新 did nothing. It also costs each request the way through the worker.
self.addEventListener('install', (event) => {
  const rules = PAST_THE_WORKER.map((pathname) => ({
    condition: { urlPattern: { pathname } },
    source: 'network' as const,
  }));
  // Where it is not understood, those requests go through the worker.
  (event as RoutingInstallEvent).addRoutes?.(rules).catch(() => undefined);
});

/** `send-waiting.ts`, built as a script of its own: only a start that sends reads it. */
const SENDER = '/send-waiting.js';

// Later a worker may load only what it has loaded while it was installed; the browser keeps it beside the worker. Where it
// does not come nothing is installed, and the browser begins again the next time that it looks for a new one.
self.addEventListener('install', (event) => {
  try {
    importScripts(SENDER);
  } catch (error) {
    event.waitUntil(Promise.reject(error as Error));
  }
});

async function send(): Promise<void> {
  if (self.sender === undefined) importScripts(SENDER);
  await self.sender?.sendWaiting();
}

// A network again and no page to use it: what waits goes all the same [BS1].
self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent;
  if (tag === SEND_TAG) (event as SyncEvent).waitUntil(send());
});
