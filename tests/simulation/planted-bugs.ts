import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { OutboxStore } from '../../src/sync/ports.ts';
import type { OutboxDisk } from '../support/memory-outbox-store.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Faults that a careless hand would build in; a simulation that lets one through is too weak. */
export const PLANTED_BUGS = ['queueDeletedOn401', 'midNotCompared', 'savedBeforeCommit', 'newMidOnRetry'] as const;
export type PlantedBug = (typeof PLANTED_BUGS)[number];

/** A phone that throws its queue away when its session has ended. */
export function on401(bug: PlantedBug | null, outbox: OutboxDisk): void {
  if (bug === 'queueDeletedOn401') outbox.rows = outbox.rows.filter((row) => row.settledAt !== null);
}

/** A save that says 已存本机 before it is on the disk. */
export function storeWithBug(
  store: OutboxStore,
  bug: PlantedBug | null,
  time: VirtualTime,
  alive: () => boolean,
): OutboxStore {
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

/** A retry that takes a new mid is a new mutation to the server. */
export function requestWithBug(request: SyncRequest, bug: PlantedBug | null, mint: () => string): SyncRequest {
  if (bug !== 'newMidOnRetry') return request;
  const push = request.push.map(({ space, mutations }) => ({
    space,
    mutations: mutations.map((mutation) => ({ ...mutation, mid: mint() })),
  }));
  return { ...request, push };
}

/**
 * A server that looks at the seq alone: whoever sends a seq that it knows gets its receipt, whatever was sent.
 * `known` answers the mid that it has stored there.
 */
export async function answerBySeqAlone(
  request: SyncRequest,
  known: (space: string, seq: number) => Promise<string | undefined>,
  handle: (request: SyncRequest) => Promise<SyncResponse>,
): Promise<SyncResponse> {
  const sent = new Map<string, string>();
  const push: SyncRequest['push'] = [];
  for (const { space, mutations } of request.push) {
    const renamed = [];
    for (const mutation of mutations) {
      const stored = await known(space, mutation.seq);
      if (stored !== undefined && stored !== mutation.mid) sent.set(`${space} ${stored}`, mutation.mid);
      renamed.push({ ...mutation, mid: stored ?? mutation.mid });
    }
    push.push({ space, mutations: renamed });
  }
  const response = await handle({ ...request, push });
  const back = <T extends { mid: string }>(space: string, receipts: readonly T[]): T[] =>
    receipts.map((receipt) => ({ ...receipt, mid: sent.get(`${space} ${receipt.mid}`) ?? receipt.mid }));
  return {
    ...response,
    pushed: response.pushed.map((result) => ({ ...result, receipts: back(result.space, result.receipts) })),
    pages: response.pages.map((page) => ({ ...page, receipts: back(page.space, page.receipts) })),
  };
}
