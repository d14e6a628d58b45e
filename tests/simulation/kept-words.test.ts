import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { collectRescue } from '../../src/sync/rescue.ts';
import { StorageFull } from '../../src/sync/outbox-port.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf, visitDraft } from '../support/factories.ts';
import { wipeCacheDisk } from '../support/memory-cache-store.ts';
import { emptyOutboxDisk } from '../support/memory-outbox-store.ts';
import type { SimDevice } from './sim-device.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';

/** What the server said of a mutation stays known, or is asked for again: held or refused never turns into 已送达. */

const MINUTE = 60_000;
const [HOME, LOST] = GRIDS;
const held = { state: 'attention', receipt: { status: 'quarantined', code: 'noAccess' } };

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

async function save(device: SimDevice, request: SaveRequest): Promise<void> {
  await stage.runDuring(device.engine!.save([request]), 500);
}

async function may(phone: SimDevice, grids: readonly string[]): Promise<void> {
  const roles = { ...PEOPLE.twoGrids.roles, volunteer: [...grids] };
  await stage.time.during(stage.server.setRoles(phone.memberId, roles));
  await stage.run(6 * MINUTE);
}

/** Written while the phone does not know yet that it may no longer: it is held, in a space of which no rows are here. */
async function saveAndLose(phone: SimDevice, name: string): Promise<void> {
  stage.hand = () => Promise.reject(new TransportError('offline'));
  await save(phone, visitDraft(idOf('words', name), placeIn(LOST, 0)));
  stage.hand = (request, send) => send(request);
  await may(phone, [HOME]);
}

async function phoneWithHeld(): Promise<SimDevice> {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  await saveAndLose(phone, 'visit');
  expect(phone.engine!.waiting()).toMatchObject([held]);
  return phone;
}

/** Nothing that only the tab knew is left. */
async function openAnew(phone: SimDevice): Promise<void> {
  await stage.run(3 * MINUTE);
  phone.kill();
  void phone.open();
  await stage.run(3 * MINUTE);
}

test('[VW7] a cache that is wiped under an open tab does not turn what was held into delivered', async () => {
  const phone = await phoneWithHeld();
  // Nobody tells the tab, and of a space without rows no cursor can: it would write what it knows beside what is gone.
  wipeCacheDisk(phone.cache);
  await openAnew(phone);
  expect(phone.engine!.waiting()).toMatchObject([held]);
});

test('[OB5] what was held or refused stands so without the cache and without a network, and goes into the rescue file', async () => {
  const phone = await phoneWithHeld();
  await openAnew(phone);
  phone.kill();
  wipeCacheDisk(phone.cache);
  stage.hand = () => Promise.reject(new TransportError('offline'));
  void phone.open();
  await stage.run(MINUTE);
  expect(phone.engine!.waiting()).toMatchObject([held]);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 1 });
  expect((await stage.runDuring(collectRescue(phone.engine!))).records).toMatchObject([{ word: { code: 'noAccess' } }]);
});

test('[OB5] a word that an earlier build left to the cache is put beside what it is about', async () => {
  const phone = await phoneWithHeld();
  await openAnew(phone);
  phone.kill();
  phone.outbox.rows = phone.outbox.rows.map(({ word: _, ...row }) => row);
  void phone.open();
  await stage.run(3 * MINUTE);
  expect(phone.outbox.rows).toMatchObject([{ word: { status: 'quarantined' } }]);
});

test('[OB5] what an older build left of a word on what is applied by now goes', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  await save(phone, visitDraft(idOf('words', 'applied'), placeIn(HOME, 0)));
  await stage.run(3 * MINUTE);
  phone.kill();
  const word = { seq: 1, mid: phone.outbox.rows[0]!.mid, status: 'rejected' as const, code: 'gone', data: {}, ver: 1 };
  phone.outbox.rows = phone.outbox.rows.map((row) => ({ ...row, word }));
  void phone.open();
  await stage.run(3 * MINUTE);
  expect(phone.outbox.rows.map((row) => row.word)).toEqual([undefined]);
});

test('[OB8] room is made of rows alone: a word on what was held, of a space without any, stays', async () => {
  const phone = await phoneWithHeld();
  phone.full = true;
  await expect(save(phone, visitDraft(idOf('words', 'full'), placeIn(HOME, 0)))).rejects.toThrow(StorageFull);
  expect(phone.cache.spaces.has(gridSpace(HOME))).toBe(false);
  phone.full = false;
  await openAnew(phone);
  expect(phone.engine!.waiting()).toMatchObject([held]);
});

test('[PL5] [RC1] who loses a space keeps the word on what was held there before', async () => {
  const phone = await phoneWithHeld();
  await may(phone, GRIDS);
  await saveAndLose(phone, 'visit 2');
  expect(phone.engine!.waiting()).toMatchObject([held, held]);
});

test('[RV1] two tabs of a revoked phone do not wake each other for ever over what was refused', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  void phone.open();
  await stage.run(MINUTE);
  stage.hand = () => Promise.reject(new TransportError('offline'));
  const visit = visitDraft(idOf('words', 'clash'), placeIn(HOME, 0));
  await save(phone, visit);
  const { deps } = stage.server;
  const actor = await actorOf(deps.db, PEOPLE.twoGrids.id);
  await applyMutation(deps, { ...visit, actor, mid: 'came first', at: deps.now() });
  stage.hand = (request, send) => send(request);
  await stage.run(2 * MINUTE);
  await stage.time.during(stage.server.revoke(phone.sessionId));
  await stage.run(6 * MINUTE);
  expect(phone.tabs.map(({ engine }) => engine.status().phase)).toEqual(['revoked', 'revoked']);
  const asked = stage.requests.length;
  await stage.run(10 * MINUTE);
  expect(stage.requests.length - asked).toBeLessThan(2 * 20);
  expect(phone.outbox.rows).toEqual([]);
  expect(await deps.db.selectFrom('held').select('reason').execute()).toEqual([{ reason: 'revoked' }]);
});

test('[RS1] [PL3] what was stored of an answer before a repair goes with its epoch', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  const backup = await stage.server.backup();
  for (const grid of GRIDS) await save(phone, visitDraft(idOf('words', grid), placeIn(grid, 0)));
  await stage.run(MINUTE);
  const faults = new Set<string | null>();
  phone.engine!.onStatus(({ lastFault }) => faults.add(lastFault));
  const { deps } = stage.server;
  const actor = await actorOf(deps.db, PEOPLE.oneGrid.id);
  await stage.time.during(stage.server.restore(backup, 'command', 'epoch-2'));
  let asked = 0;
  stage.hand = async (request, send) => {
    asked += 1;
    // The page of one grid is stored by now; that of the other has said that the server lost something.
    if (asked === 4) {
      await stage.time.during(stage.server.restore(backup, 'command', 'epoch-3'));
      const other = visitDraft(idOf('words', 'other'), placeIn(HOME, 1));
      await stage.time.during(applyMutation(deps, { ...other, actor, mid: 'other', at: deps.now() }));
    }
    return send(request);
  };
  await stage.run(10 * MINUTE);
  expect(asked).toBeGreaterThan(4);
  expect(faults).not.toContain('digest');
  expect(phone.cache.rows.get(gridSpace(HOME))?.size).toBe(
    (await stage.server.rows()).filter(({ space }) => space === gridSpace(HOME)).length,
  );
});

test('[OB10] the outbox is emptied under two tabs with something unsent in it: it is sent once, in order, and outlives them', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await save(phone, visitDraft(idOf('words', 'sent'), placeIn(HOME, 0)));
  await stage.run(MINUTE);
  void phone.open();
  await stage.run(MINUTE);
  stage.hand = () => Promise.reject(new TransportError('offline'));
  for (const name of ['one', 'two']) await save(phone, visitDraft(idOf('words', name), placeIn(HOME, 1)));
  const before = phone.outbox.rows.map(({ mid }) => mid);
  emptyOutboxDisk(phone.outbox);
  await save(phone, visitDraft(idOf('words', 'after'), placeIn(HOME, 1)));
  await stage.run(1_000);
  const mids = phone.outbox.rows.map(({ mid }) => mid);
  expect(mids.slice(0, -1)).toEqual(before);
  const { clientId } = phone.outbox;
  await stage.run(MINUTE);
  expect(phone.outbox.clientId).toBe(clientId);
  phone.kill();
  stage.hand = (request, send) => send(request);
  void phone.open();
  await stage.run(10 * MINUTE);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 0 });
  expect(stage.server.log.filter(({ mid }) => mids.includes(mid)).map(({ mid }) => mid)).toEqual(mids);
});

test('[OB10] [RS2] what was delivered before the outbox was emptied is brought to a server that was put back behind it', async () => {
  const backup = await stage.server.backup();
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await save(phone, visitDraft(idOf('words', 'sent'), placeIn(HOME, 0)));
  await stage.run(MINUTE);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 0 });
  const { mid } = phone.outbox.rows[0]!;
  emptyOutboxDisk(phone.outbox);
  await stage.run(MINUTE);
  await stage.time.during(stage.server.restore(backup, 'command', 'epoch-2'));
  await stage.run(10 * MINUTE);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 0 });
  expect((await stage.server.rows()).map(({ id }) => id)).toContain(idOf('words', 'sent'));
  expect(phone.outbox.rows.map((row) => row.mid)).toEqual([mid]);
});

test('[OB10] [RV1] nothing of what a revoked phone has handed in comes back where its outbox is emptied then', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  void phone.open();
  await stage.run(MINUTE);
  stage.hand = () => Promise.reject(new TransportError('offline'));
  await save(phone, visitDraft(idOf('words', 'one'), placeIn(HOME, 0)));
  await stage.time.during(stage.server.revoke(phone.sessionId));
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(phone.outbox.rows).toEqual([]);
  emptyOutboxDisk(phone.outbox);
  await stage.run(6 * MINUTE);
  expect(phone.outbox.rows).toEqual([]);
});
