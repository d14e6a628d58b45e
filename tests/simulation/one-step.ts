import type { SyncEngine } from '../../src/sync/engine-api.ts';
import type { CacheStore } from '../../src/sync/cache-port.ts';
import type { OutboxStore } from '../../src/sync/outbox-port.ts';

interface Tab {
  cache: CacheStore;
  outbox: OutboxStore;
  /** What other tabs write comes from here. */
  heard: Pick<CacheStore, 'onForeignChange'>;
  /** The tab's engine once it is open, while no other tab is. */
  alone(): SyncEngine | undefined;
  report(finding: string): void;
}

const KINDS = ['household', 'visit', 'ticket', 'card', 'claimView'] as const;

/** Null where something has to be read first. */
export function shownBy({ allowed, view }: SyncEngine): string | null {
  const space = allowed();
  const { value, isWhole } = view.read(() =>
    KINDS.map((kind) =>
      view.list({ space, kind, index: 'all' }).map(({ id, ver, pending }) => `${id} ${ver} ${String(pending)}`),
    ).join('\n'),
  );
  return isWhole ? value : null;
}

/**
 * I14: while an answer is being stored, page after page, nothing of it shows yet. [VW6] A store takes its time: what
 * a person would see then is looked at before and after each page, from the first one with rows on. What is taken away
 * goes at once. [PL5]
 */
export function inOneStep({ cache, outbox, heard, alone, report }: Tab): Pick<Tab, 'cache' | 'outbox'> {
  let isLooking = true;
  let hasRows = false;
  let before: string | null = null;
  const look = (): void => {
    const engine = isLooking && hasRows ? alone() : undefined;
    const now = engine === undefined ? null : shownBy(engine);
    if (before !== null && now !== null && now !== before) report('shows a part of an answer');
    before = now;
  };
  /** A save, or what another tab wrote, shows whenever it likes: this answer is not looked at any more. */
  const giveUp = (): void => {
    isLooking = false;
  };
  outbox.onForeignChange(giveUp);
  heard.onForeignChange(giveUp);
  return {
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
      // A tab looks whether its cache is still there before it takes an answer. [VW7]
      state: () => {
        isLooking = true;
        hasRows = false;
        before = null;
        return cache.state();
      },
      applyPage: async (page) => {
        hasRows ||= page.rows.length > 0;
        look();
        const applied = await cache.applyPage(page);
        if (applied) look();
        else giveUp();
        return applied;
      },
      dropSpaces: (ids) => {
        before = null;
        return cache.dropSpaces(ids);
      },
      clear: () => {
        before = null;
        return cache.clear();
      },
    },
  };
}
