import type { MutatorRegistry } from '../../src/domain/mutation/mutator-registry.ts';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { CacheStore } from '../../src/sync/cache-port.ts';
import type { OutboxStore } from '../../src/sync/outbox-port.ts';
import type { CacheDisk } from '../support/memory-cache-store.ts';
import type { OutboxDisk } from '../support/memory-outbox-store.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Faults that a careless hand would build in; a simulation that lets one through is too weak. */
export const PLANTED_BUGS = [
  'cursorBySequence',
  'cursorBySequenceUnseen',
  'pagingByVersionAlone',
  'lastSeqOnFirstPage',
  'answeredBeforeCommit',
  'midNotCompared',
  'lockDroppedBeforeBump',
  'compareAndSetRemoved',
  'queueDeletedOn401',
  'queueDeletedOnReset',
  'tombstonesGoneSilently',
  'allowedBeforeSnapshot',
  'claimCheckedOutsideLock',
  'newMidOnRetry',
  'upcasterMissing',
  'clockInMutator',
  'savedBeforeCommit',
  'shownPageByPage',
  'photoForgottenWhenSent',
  'epochKeptOnCopy',
  'leftOutForgotten',
  'firstScreenOutdated',
  'pendingNotShown',
  'rolesFirstSeen',
  'heldNotWritten',
  'frozenKeepsLock',
  'neverAsksToHold',
  'refusedWithoutReason',
  'heldUnasked',
] as const;
export type PlantedBug = (typeof PLANTED_BUGS)[number];

/** A phone that throws its queue away when its session has ended. */
export function on401(bug: PlantedBug | null, outbox: OutboxDisk): void {
  if (bug === 'queueDeletedOn401') outbox.rows = outbox.rows.filter((row) => row.settledAt !== null);
}

/** A phone that takes a space that begins anew for a phone that begins anew. */
export function onReset(bug: PlantedBug | null, outbox: OutboxDisk, response: SyncResponse): void {
  if (bug === 'queueDeletedOnReset' && response.resets.length > 0) on401('queueDeletedOn401', outbox);
}

/** A cache that overwrites whatever another tab wrote, keeps a first screen too long, or believes what the first page says of the last. */
export function cacheWithBug(
  store: CacheStore,
  bug: PlantedBug | null,
  disk: CacheDisk,
  told: ReadonlyMap<string, number>,
): CacheStore {
  if (bug === 'firstScreenOutdated') return { ...store, keepFirstScreen: keptAsItWas(store, disk) };
  if (bug !== 'compareAndSetRemoved' && bug !== 'lastSeqOnFirstPage') return store;
  return {
    ...store,
    applyPage: (page) => {
      if (bug === 'compareAndSetRemoved') {
        const { cursor: from = null, receiptsAfter: receiptsFrom = 0 } = disk.spaces.get(page.space) ?? {};
        return store.applyPage({ ...page, from, receiptsFrom });
      }
      if (!page.next.done) page.next.appliedSeq = told.get(page.space) ?? page.next.appliedSeq;
      return store.applyPage(page);
    },
  };
}

/** A first screen that is said to be of now, and shows what there was when it was first kept. */
const keptAsItWas =
  (store: CacheStore, disk: CacheDisk): CacheStore['keepFirstScreen'] =>
  (screen, spaces) =>
    store.keepFirstScreen({ ...screen, answers: disk.firstScreen?.answers ?? screen.answers }, spaces);

/** A view that does not lay what is pending over its rows. */
export function phoneMutatorsWithBug(registry: MutatorRegistry, bug: PlantedBug | null): MutatorRegistry {
  const append = registry.get('sim.append');
  if (bug !== 'pendingNotShown' || append === undefined) return registry;
  return new Map([...registry, [append.name, { ...append, apply: () => undefined }]]);
}

/** A tab that takes each page over as it is stored, as if another tab had written it. */
export function cacheShownAtOnce(store: CacheStore, bug: PlantedBug | null): CacheStore {
  if (bug !== 'shownPageByPage') return store;
  let show: Parameters<CacheStore['onForeignChange']>[0] = () => undefined;
  return {
    ...store,
    onForeignChange: (listener) => {
      show = listener;
      return store.onForeignChange(listener);
    },
    applyPage: async (page) => {
      const applied = await store.applyPage(page);
      if (applied) show({ type: 'page', page, segments: [] });
      return applied;
    },
  };
}

/** A save that says 已存本机 before it is on the disk, or a choice that never gets there. */
export function storeWithBug(
  store: OutboxStore,
  bug: PlantedBug | null,
  time: VirtualTime,
  alive: () => boolean,
): OutboxStore {
  // The choice lies in the tab alone, and what was left out comes back by itself.
  if (bug === 'leftOutForgotten') return { ...store, putMeta: ({ leftOut: _, ...meta }) => store.putMeta(meta) };
  if (bug !== 'savedBeforeCommit') return store;
  return {
    ...store,
    add: async (rows) => {
      const { seqs } = await store.meta();
      const guess = rows.map((row) => ({ ...row, seq: (seqs[row.space] ?? 0) + 1, asideAt: null, settledAt: null }));
      time.after(2_000, () => {
        if (alive()) void store.add(rows);
      });
      return guess;
    },
  };
}

/** A retry that takes a new mid is a new mutation to the server; one that is never to be held is tried for ever. */
export function requestWithBug(request: SyncRequest, bug: PlantedBug | null, mint: () => string): SyncRequest {
  if (bug !== 'newMidOnRetry' && bug !== 'neverAsksToHold') return request;
  const push = request.push.map(({ space, mutations }) => ({
    space,
    mutations: mutations.map(({ quarantine, ...mutation }) =>
      bug === 'neverAsksToHold' ? mutation : { ...mutation, ...(quarantine && { quarantine }), mid: mint() },
    ),
  }));
  return { ...request, push };
}

/**
 * A world in which nobody compares mids: the server answers a seq that it knows with its receipt, whatever was sent,
 * and the phone believes that every receipt of its seqs is of its own mutation. `known` answers the mid stored there.
 */
export async function answerBySeqAlone(
  request: SyncRequest,
  outbox: OutboxDisk,
  known: (space: string, seq: number) => Promise<string | undefined>,
  handle: (request: SyncRequest) => Promise<SyncResponse>,
): Promise<SyncResponse> {
  const push: SyncRequest['push'] = [];
  for (const { space, mutations } of request.push) {
    const renamed: typeof mutations = [];
    for (const mutation of mutations) {
      renamed.push({ ...mutation, mid: (await known(space, mutation.seq)) ?? mutation.mid });
    }
    push.push({ space, mutations: renamed });
  }
  const response = await handle({ ...request, push });
  const own = <T extends { mid: string; seq: number }>(space: string, receipts: readonly T[]): T[] =>
    receipts.map((receipt) => {
      const row = outbox.rows.find((written) => written.space === space && written.seq === receipt.seq);
      return { ...receipt, mid: row?.mid ?? receipt.mid };
    });
  return {
    ...response,
    pushed: response.pushed.map((result) => ({ ...result, receipts: own(result.space, result.receipts) })),
    pages: response.pages.map((page) => ({
      ...page,
      lastSeq: page.lastSeq === null ? null : Math.min(page.lastSeq, outbox.seqs[page.space] ?? 0),
      receipts: own(page.space, page.receipts),
    })),
  };
}
