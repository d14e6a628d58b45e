import { deleteCache, openCacheStore } from '../../src/client/db/open-cache-store.ts';
import { openOutboxStore } from '../../src/client/db/open-outbox-store.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import { cacheContract } from '../contract/cache-contract.ts';
import { firstScreenContract } from '../contract/first-screen-contract.ts';
import { outboxContract } from '../contract/outbox-contract.ts';
import { outboxMediaContract } from '../contract/outbox-media-contract.ts';
import type { ContractCase } from '../contract/check.ts';

export interface ContractResult {
  name: string;
  /** Null where it held. */
  failure: string | null;
}

async function play<Store extends { close(): void }>(
  room: string,
  cases: readonly ContractCase<Store>[],
  openAs: (member: string) => Promise<Store>,
): Promise<ContractResult[]> {
  const results: ContractResult[] = [];
  for (const [n, { name, run }] of cases.entries()) {
    const opened: Store[] = [];
    const member = `contract-${room}-${n}-${Date.now()}`;
    let failure: string | null = null;
    try {
      await run(async () => {
        const store = await openAs(member);
        opened.push(store);
        return store;
      });
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    for (const store of opened) store.close();
    if (room === 'cache') await deleteCache(member);
    results.push({ name: `${room}: ${name}`, failure });
  }
  return results;
}

/** The suites of tests/contract over the real IndexedDB of the browser that this page is open in. */
export async function runStorageContract(): Promise<ContractResult[]> {
  return [
    ...(await play('outbox', [...outboxContract, ...outboxMediaContract], (member) =>
      openOutboxStore(member, () => 'client-1'),
    )),
    ...(await play('cache', [...cacheContract, ...firstScreenContract], (member) =>
      openCacheStore(member, { build: 'test', indexes }),
    )),
  ];
}

Object.assign(globalThis, { runStorageContract });
