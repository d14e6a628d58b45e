import { indexes } from '../../domain/record/indexes.ts';
import { createSyncEngine } from '../../sync/engine.ts';
import type { OutboxStore } from '../../sync/outbox-port.ts';
import { buildName } from '../build.ts';
import { readKept } from '../db/account-store.ts';
import { openCacheStore } from '../db/open-cache-store.ts';
import { openDraftStore } from '../db/open-draft-store.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { browserIds } from '../platform/browser-ids.ts';
import { browserWorld } from '../stores/browser-world.ts';
import { memberHere } from './member-here.ts';

/** Rejects where something still waits that a later try may bring: the browser then wakes the worker again. */
export async function sendWaiting(): Promise<void> {
  const memberId = memberHere(await readKept());
  if (memberId === null) return;
  const outbox = await openOutboxStore(memberId, () => browserIds.mutation());
  try {
    const rows = await outbox.all();
    if (rows.some((row) => row.settledAt === null && row.asideAt === null)) await runPass(memberId, outbox);
  } finally {
    outbox.close();
  }
}

/** One pass, as a tab runs it and under the same lock [BS1]. Nobody looks at a view here: nothing is folded. */
async function runPass(memberId: string, outbox: OutboxStore): Promise<void> {
  const cache = await openCacheStore(memberId, { build: buildName, indexes });
  const drafts = await openDraftStore(memberId);
  try {
    const engine = await createSyncEngine({
      memberId,
      build: buildName,
      outbox,
      cache,
      ...browserWorld(buildName),
      mutators: new Map(),
      drafts,
    });
    await engine.syncNow();
    const { waiting, phase } = engine.status();
    await engine.stop();
    if (waiting > 0 && (phase === 'offline' || phase === 'idle')) throw new Error('something still waits');
  } finally {
    cache.close();
    drafts.close();
  }
}
