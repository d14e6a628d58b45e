import type { SyncEngine } from '../../src/sync/engine-api.ts';
import type { CacheStore, OutboxStore, SyncTransport } from '../../src/sync/ports.ts';

interface Tab {
  transport: SyncTransport;
  cache: CacheStore;
  outbox: OutboxStore;
  /** What other tabs write comes from here. */
  heard: Pick<CacheStore, 'onForeignChange'>;
  /** The tab's engine once it is open, while no other tab is. */
  alone(): SyncEngine | undefined;
  report(finding: string): void;
}

const KINDS = ['household', 'visit', 'ticket', 'card', 'claimView'] as const;

function shownBy(engine: SyncEngine): string {
  const space = engine.allowed();
  return KINDS.map((kind) =>
    engine.view.list({ space, kind, index: 'all' }).map(({ id, ver, pending }) => `${id} ${ver} ${String(pending)}`),
  ).join('\n');
}

/**
 * I14: while an answer is being stored, page after page, nothing of it shows yet. [VW6] A store takes its time: what
 * a person would see then is looked at before and after each page. What is taken away goes at once. [PL5]
 */
export function inOneStep({
  transport,
  cache,
  outbox,
  heard,
  alone,
  report,
}: Tab): Pick<Tab, 'transport' | 'cache' | 'outbox'> {
  let isStoring = false;
  let before: string | null = null;
  const look = (): void => {
    const engine = isStoring ? alone() : undefined;
    const now = engine === undefined ? null : shownBy(engine);
    if (before !== null && now !== null && now !== before) report('shows a part of an answer');
    before = now;
  };
  const lookAnew = (): void => {
    before = null;
  };
  /** A save, or what another tab wrote, shows whenever it likes. */
  const giveUp = (): void => {
    isStoring = false;
  };
  outbox.onForeignChange(giveUp);
  heard.onForeignChange(giveUp);
  return {
    transport: {
      sync: async (request, timeoutMs) => {
        const response = await transport.sync(request, timeoutMs);
        isStoring = response.pages.some(({ rows }) => rows.length > 0);
        lookAnew();
        return response;
      },
    },
    outbox: {
      ...outbox,
      add: async (...args) => {
        try {
          return await outbox.add(...args);
        } finally {
          giveUp();
        }
      },
    },
    cache: {
      ...cache,
      applyPage: async (page) => {
        look();
        const applied = await cache.applyPage(page);
        if (applied) look();
        else giveUp();
        return applied;
      },
      dropSpaces: (ids) => {
        lookAnew();
        return cache.dropSpaces(ids);
      },
      clear: () => {
        lookAnew();
        return cache.clear();
      },
    },
  };
}
