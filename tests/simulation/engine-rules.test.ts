import { sql } from 'kysely';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineMutator } from '../../src/domain/mutation/mutator.ts';
import type { Mutator } from '../../src/domain/mutation/mutator.ts';
import { Refusal } from '../../src/domain/mutation/refusal.ts';
import { cardIdOf } from '../../src/domain/card/card-id.ts';
import { derivedId } from '../../src/domain/place/place.ts';
import { contactSpace, gridSpace, wallSpace } from '../../src/domain/space/space.ts';
import { memberSpace } from '../../src/domain/space/space.ts';
import { contentHash, digestAdd, digestSubtract } from '../../src/protocol/digest.ts';
import type { PushedMutation } from '../../src/protocol/sync-messages.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { claimDraft, contactDraft, idOf, ticketDraft, ticketStep, visitDraft } from '../support/factories.ts';
import { cloneCacheDisk, newCacheDisk, wipeCacheDisk } from '../support/memory-cache-store.ts';
import { cloneOutboxDisk, newOutboxDisk } from '../support/memory-outbox-store.ts';
import type { Counted } from './sim-mutators.ts';
import type { SimDevice } from './sim-device.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { COMMUNITY, GRIDS, PEOPLE, placeIn } from './sim-town.ts';

const MINUTE = 60_000;
const GRID = GRIDS[0];
const COUNTER = idOf('rules', 'counter');

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const append = (grid: string = GRID): SaveRequest => ({
  space: gridSpace(grid),
  name: 'sim.append',
  v: 1,
  args: { id: COUNTER, place: placeIn(grid, 0) },
});

const appendMany = (count: number): SaveRequest[] => Array.from({ length: count }, () => append());

/** Saves while virtual time goes on, as a store may take its time. */
async function save(device: SimDevice, requests: SaveRequest[]): Promise<string[]> {
  return (await stage.runDuring(device.engine!.save(requests), 500)).map((row) => row.mid);
}

const counted = async (grid: string = GRID): Promise<string[]> => {
  const row = (await stage.server.rows()).find(({ id, space }) => id === COUNTER && space === gridSpace(grid));
  return (row?.data as Counted | undefined)?.mids ?? [];
};

const pushes = (): string[][] =>
  stage.requests
    .filter(({ request }) => request.push.length > 0)
    .map(({ request }) => request.push.flatMap(({ mutations }) => mutations.map(({ mid }) => mid)));

const statesOf = (device: SimDevice): string[] => device.engine!.waiting().map(({ state }) => state);
const offline = (): Promise<never> => Promise.reject(new TransportError('offline'));

test('[OB1] what is saved offline shows at once, waits, and arrives in the order of writing', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = offline;
  const ticketId = idOf('rules', 'ticket');
  const ticket = ticketDraft(placeIn(GRID, 0), { id: ticketId, kind: 'issue', item: 'CQ01', text: '楼道灯不亮' });
  const mids = [...(await save(phone, [ticket])), ...(await save(phone, [append(), append()]))];
  const shown = phone.engine!.view.get(gridSpace(GRID), 'ticket', ticketId);
  expect([shown?.data.text, shown?.pending, shown?.ver]).toEqual(['楼道灯不亮', true, 0]);
  await stage.run(MINUTE);
  expect(statesOf(phone)).toEqual(['saved', 'saved', 'saved']);
  expect(phone.engine!.status().phase).toBe('offline');

  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(await counted()).toEqual(mids.slice(1));
  expect(statesOf(phone)).toEqual(['delivered', 'delivered', 'delivered']);
  expect(phone.engine!.view.get(gridSpace(GRID), 'ticket', ticketId)?.pending).toBe(false);
});

test('[OB3] what this phone knows to be refused is refused before it is written', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const bad = { ...append(), args: { id: 'no uuid', place: placeIn(GRID, 0) } };
  await expect(save(phone, [append(), bad])).rejects.toThrow(Refusal);
  await expect(save(phone, [ticketStep(GRIDS[1], 'accept', { id: COUNTER, tier: null })])).rejects.toThrow(Refusal);
  await expect(save(phone, [{ ...append(), args: { id: COUNTER, place: 'x'.repeat(300_000) } }])).rejects.toThrow(
    'invalid',
  );
  expect(phone.outbox.rows).toEqual([]);
});

test('[OB3] [VW3] a mutation that lacks a record here is saved, and has no effect until it is there', async () => {
  const phone = await stage.phone('co', PEOPLE.coordinator);
  stage.hand = offline;
  const id = idOf('rules', 'unknown ticket');
  await save(phone, [ticketStep(GRID, 'accept', { id, tier: null })]);
  expect(phone.engine!.view.get(gridSpace(GRID), 'ticket', id)).toBeUndefined();
  expect(phone.engine!.status().waiting).toBe(1);
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(phone.engine!.waiting()[0]).toMatchObject({
    state: 'attention',
    receipt: { status: 'rejected', code: 'notFound' },
  });
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 1 });
  void phone.engine!.putAside(phone.outbox.rows[0]!.mid);
  await stage.run(500);
  expect(phone.engine!.status().attention).toBe(0);
});

test('[VW1] later mutations of one save see what the earlier ones make', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = offline;
  const id = idOf('rules', 'ticket');
  const ticket = ticketDraft(placeIn(GRID, 0), { id, kind: 'issue', item: 'CQ01', text: '楼道灯不亮' });
  const text = { from: '楼道灯不亮', to: '三楼楼道灯不亮' };
  await save(phone, [ticket, ticketStep(GRID, 'amend', { id, text })]);
  expect(phone.engine!.view.get(gridSpace(GRID), 'ticket', id)?.data.text).toBe('三楼楼道灯不亮');
});

const sizes = (): number[] => pushes().map((batch) => batch.length);

test('[PS5] over a link of which nothing is known batches grow with success', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = async (request, send) => {
    await stage.time.sleep(1_000);
    return send(request);
  };
  const mids = await save(phone, appendMany(600));
  await stage.run(10 * MINUTE);
  expect(sizes()).toEqual([64, 128, 256, 152]);
  expect(await counted()).toEqual(mids);
});

test('[PS5] a link that has carried a first batch quickly gets the largest, and step by step again once that was too much', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = (request, send) =>
    request.push.flatMap(({ mutations }) => mutations).length > 200
      ? Promise.reject(new TransportError('too_large'))
      : send(request);
  const mids = await save(phone, appendMany(900));
  await stage.run(10 * MINUTE);
  expect(sizes().slice(0, 6)).toEqual([64, 500, 250, 125, 250, 125]);
  expect(await counted()).toEqual(mids);
});

test('[PS5] a link too slow for a batch within its time gets a smaller one, until one goes through', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = async (request, send) => {
    if (request.push.flatMap(({ mutations }) => mutations).length <= 20) return send(request);
    await stage.time.sleep(30_000);
    return offline();
  };
  const mids = await save(phone, appendMany(200));
  await stage.run(90 * MINUTE);
  expect(await counted()).toEqual(mids);
});

test('[PS5] where the largest is cut on its way the queue goes on with half of it', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  let cut = 0;
  stage.hand = (request, send) =>
    request.push.flatMap(({ mutations }) => mutations).length > 300 && cut++ === 0 ? offline() : send(request);
  const mids = await save(phone, appendMany(900));
  await stage.run(10 * MINUTE);
  expect(sizes().slice(0, 3)).toEqual([64, 500, 250]);
  expect(await counted()).toEqual(mids);
});

/** Counts how many requests are on their way at once. */
function watchFlight(hand: Stage['hand']): () => number {
  let now = 0;
  let most = 0;
  stage.hand = async (request, send, device) => {
    most = Math.max(most, ++now);
    try {
      return await hand(request, send, device);
    } finally {
      now -= 1;
    }
  };
  return () => most;
}

test('[PS1] the next batch goes while the answer before it is being stored, with what was there then', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const stored: number[] = [];
  const later: Promise<unknown>[] = [];
  stage.sent = (request) => {
    if (request.push.length > 0) stored.push(phone.cache.receipts.size);
  };
  const most = watchFlight((request, send) => {
    if (stored.length === 2) later.push(phone.engine!.save([append()]));
    return send(request);
  });
  const mids = await save(phone, appendMany(200));
  await stage.run(MINUTE);
  expect(sizes().slice(0, 3)).toEqual([64, 136, 1]);
  // What the answer has settled waits no more, though it is not stored yet.
  const sent = stage.requests.filter(({ request }) => request.push.length > 0);
  expect(sent.slice(0, 3).map(({ request }) => request.pending)).toEqual([200, 136, 1]);
  expect(stored.slice(0, 2)).toEqual([0, 0]);
  expect(most()).toBe(1);
  await Promise.all(later);
  expect((await counted()).slice(0, 200)).toEqual(mids);
});

test('[PS1] where an answer does not fit, that of the batch behind it counts as lost and nothing goes before it ends', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  let spoilt = false;
  const most = watchFlight(async (request, send) => {
    if (spoilt) await stage.time.sleep(2_000);
    const response = await send(request);
    if (request.push.length === 0 || spoilt) return response;
    spoilt = true;
    return { ...response, pages: response.pages.map((page) => ({ ...page, digest: '0' })) };
  });
  const mids = await save(phone, appendMany(200));
  await stage.run(5 * MINUTE);
  expect(sizes()).toEqual([64, 136, 200]);
  expect(most()).toBe(1);
  expect(await counted()).toEqual(mids);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 0 });
});

test('[PS3] nothing is sent behind a prefix whose end is not known', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = async (request, send) => {
    if (request.push.length > 0) await send(request);
    return offline();
  };
  const first = await save(phone, [append()]);
  await save(phone, [append()]);
  await stage.run(5 * MINUTE);
  for (const batch of pushes()) expect(batch[0]).toBe(first[0]);
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(new Set(await counted()).size).toBe(2);
  expect((await counted())[0]).toBe(first[0]);
});

test('[PS6] a 401 pauses and keeps everything; a sign-in goes on', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = () => Promise.reject(new TransportError('unauthenticated'));
  const mids = await save(phone, [append()]);
  await stage.run(MINUTE);
  expect(phone.engine!.status()).toMatchObject({ phase: 'signedOut', waiting: 1 });
  const asked = stage.requests.length;
  await stage.run(60 * MINUTE);
  expect(stage.requests.length).toBe(asked);
  expect(phone.outbox.rows).toHaveLength(1);
  stage.hand = (request, send) => send(request);
  void phone.engine!.syncNow();
  await stage.run(MINUTE);
  expect(await counted()).toEqual(mids);
  expect(phone.engine!.status()).toMatchObject({ phase: 'idle', waiting: 0 });
});

test('[PS6] where the session is of another member nothing happens on either side', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const before = structuredClone([...phone.cache.rows.keys()]);
  stage.hand = async (request, send) => {
    const response = await send({ ...request, push: [], pull: [] });
    return { ...response, member: { ...response.member, id: PEOPLE.twoGrids.id }, allowed: [] };
  };
  await save(phone, [append()]);
  await stage.run(MINUTE);
  expect(phone.engine!.status()).toMatchObject({ phase: 'otherMember', waiting: 1 });
  expect([...phone.cache.rows.keys()]).toEqual(before);
});

test('[PS7] a mutation that the server fails over ten times is handed in for a coordinator, and the rest goes on', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  let tries = 0;
  stage.hand = (request, send) => {
    const poisonous = request.push.some(({ mutations }) =>
      mutations.some(({ name, quarantine }) => name === 'sim.poison' && quarantine !== true),
    );
    if (!poisonous) return send(request);
    tries += 1;
    return Promise.reject(new TransportError('server'));
  };
  const poison = { space: gridSpace(GRIDS[1]), name: 'sim.poison', v: 1, args: {} };
  await save(phone, [append(), poison, append(GRIDS[1]), append()]);
  await stage.run(MINUTE);
  expect(await counted()).toHaveLength(2);
  await stage.run(20 * MINUTE);
  expect(tries).toBeGreaterThanOrEqual(10);
  expect(
    phone
      .engine!.waiting()
      .map(({ state, receipt }) => receipt?.status ?? state)
      .reverse(),
  ).toEqual(['applied', 'quarantined', 'applied', 'applied']);
});

test('[PS7] a mutation that is too large even alone keeps nothing else from going', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  stage.hand = (request, send) =>
    request.push.some(({ mutations }) => mutations.some(({ name }) => name === 'sim.poison'))
      ? Promise.reject(new TransportError('too_large'))
      : send(request);
  const large = { space: gridSpace(GRIDS[1]), name: 'sim.poison', v: 1, args: {} };
  await save(phone, [large, append(), append()]);
  await stage.run(5 * MINUTE);
  expect(await counted()).toHaveLength(2);
  expect(phone.waiting).toBe(1);
});

test('[PS9] where the server asks for time for ever over one mutation, it ends as held, and nothing waits behind it', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  const stubborn = { space: gridSpace(GRID), name: 'sim.stubborn', v: 1, args: {} };
  const [one, bad, two, elsewhere] = await save(phone, [append(), stubborn, append(), append(GRIDS[1])]);
  await stage.run(30_000);
  // What lies in another space does not wait, and what is saved meanwhile does not either.
  expect([await counted(), await counted(GRIDS[1])]).toEqual([[one], [elsewhere]]);
  const [late] = await save(phone, [append(GRIDS[1])]);
  await stage.run(2_000);
  expect(await counted(GRIDS[1])).toEqual([elsewhere, late]);
  await stage.run(15 * MINUTE);
  const tries = pushes().filter((batch) => batch.includes(bad!));
  expect(tries.length).toBeGreaterThan(10);
  expect(tries.length).toBeLessThan(16);
  expect(await counted()).toEqual([one, two]);
  expect(phone.engine!.waiting().find(({ row }) => row.mid === bad)).toMatchObject({
    state: 'attention',
    receipt: { status: 'quarantined', code: 'asked' },
  });
});

test('[PS9] a server that was busy for a while holds nothing of what waited', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const until = stage.time.now() + 3 * MINUTE;
  stage.hand = async (request, send) => {
    if (stage.time.now() >= until) return send(request);
    const answer = await send({ ...request, push: [] });
    const pushed = request.push.slice(0, 1).map(({ space, mutations }) => ({
      space,
      lastSeq: 0,
      receipts: [],
      stop: { seq: mutations[0]!.seq, reason: 'retry' as const, retryAfterMs: 2_000 },
    }));
    return { ...answer, pushed };
  };
  const mids = await save(phone, appendMany(9));
  await stage.run(10 * MINUTE);
  expect(await counted()).toEqual(mids);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 0, phase: 'idle' });
});

test.each(['refused', 'not_doorstep', 'too_large'] as const)(
  '[PS10] one mutation over which a push is answered %s is handed in for a coordinator, and the rest goes on',
  async (fault) => {
    const phone = await stage.phone('v2', PEOPLE.twoGrids);
    stage.hand = (request, send) =>
      request.push.some(({ mutations }) => mutations.some((one) => one.name === 'sim.poison' && !one.quarantine))
        ? Promise.reject(new TransportError(fault))
        : send(request);
    const bad = { space: gridSpace(GRID), name: 'sim.poison', v: 1, args: {} };
    const mids = await save(phone, [append(), append(GRIDS[1]), bad, append(), append(GRIDS[1])]);
    await stage.run(10 * MINUTE);
    expect([...(await counted()), ...(await counted(GRIDS[1]))]).toEqual([mids[0], mids[3], mids[1], mids[4]]);
    expect(phone.engine!.waiting().find(({ row }) => row.mid === mids[2])).toMatchObject({
      state: 'attention',
      receipt: { status: 'quarantined', code: 'asked' },
    });
  },
);

test('[PS11] where not even holding it is taken, its author is told why, its space waits, and it goes on trying', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  let mended = false;
  stage.hand = (request, send) =>
    !mended && request.push.some(({ mutations }) => mutations.some(({ name }) => name === 'sim.poison'))
      ? Promise.reject(new TransportError('refused'))
      : send(request);
  const bad = { space: gridSpace(GRID), name: 'sim.poison', v: 1, args: {} };
  const [stuck, behind, elsewhere] = await save(phone, [bad, append(), append(GRIDS[1])]);
  await stage.run(10 * MINUTE);
  expect([await counted(), await counted(GRIDS[1])]).toEqual([[], [elsewhere]]);
  expect(phone.engine!.status()).toMatchObject({ waiting: 2, attention: 1 });
  expect(phone.engine!.waiting().find(({ row }) => row.mid === stuck)).toMatchObject({
    state: 'attention',
    receipt: null,
    stuck: 'refused',
  });
  const asked = stage.requests.length;
  await stage.run(60 * MINUTE);
  expect(stage.requests.length - asked).toBeLessThan(150);
  mended = true;
  await stage.run(10 * MINUTE);
  expect(await counted()).toEqual([behind]);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 0 });
  expect(phone.outbox.rows).toHaveLength(3);
});

test('[PS11] what kept it from being held was a moment’s: it is asked again before long, and what stands behind goes', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  let askedToHold = 0;
  const isTaken = ({ name, quarantine }: PushedMutation): boolean =>
    name !== 'sim.poison' || (quarantine === true && askedToHold++ > 0);
  stage.hand = (request, send) =>
    request.push.every(({ mutations }) => mutations.every(isTaken))
      ? send(request)
      : Promise.reject(new TransportError('refused'));
  const [bad, behind] = await save(phone, [{ space: gridSpace(GRID), name: 'sim.poison', v: 1, args: {} }, append()]);
  while (askedToHold === 0) await stage.run(MINUTE);
  await stage.run(7 * MINUTE);
  expect(phone.engine!.waiting().find(({ row }) => row.mid === bad)?.receipt).toMatchObject({ status: 'quarantined' });
  expect(await counted()).toEqual([behind]);
});

test('[PS4] [RS2] a server that lost what it had confirmed gets it again, each mutation once', async () => {
  for (const way of ['command', 'folder'] as const) {
    const backup = await stage.server.backup();
    const phone = await stage.phone(`v1 ${way}`, PEOPLE.oneGrid);
    const mids = await save(phone, appendMany(3));
    await stage.run(MINUTE);
    const { clientId } = phone.outbox;
    await stage.time.during(stage.server.restore(backup, way, 'epoch-2'));
    await stage.server.deps.db
      .insertInto('session')
      .values({
        id: phone.sessionId,
        token_hash: 'again',
        member_id: phone.memberId,
        device: '',
        created_at: 0,
        last_seen_at: 0,
        revoked_at: null,
      })
      .execute();
    await stage.run(5 * MINUTE);
    expect(await counted()).toEqual(mids);
    expect(phone.outbox.clientId).toBe(clientId);
    expect(phone.engine!.status()).toMatchObject({ waiting: 0, phase: 'idle' });
    phone.kill();
    await stage.time.during(stage.server.restore(backup, 'folder'));
  }
});

test('[OB8] what was let go of in the store comes back with the next answer, though the server has nothing new', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await save(phone, [append()]);
  await stage.run(2 * MINUTE);
  const space = gridSpace(GRID);
  const [stood, rows] = [phone.cache.spaces.get(space), phone.cache.rows.get(space)];
  phone.cache.spaces.delete(space);
  phone.cache.rows.delete(space);
  await stage.run(2 * MINUTE);
  expect(phone.cache.spaces.get(space)).toEqual(stood);
  expect(phone.cache.rows.get(space)).toEqual(rows);
});

test('[PL6] [RS5] a row that came back with the same version and other words is fetched again', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const id = idOf('rules', 'ticket');
  await save(phone, [ticketDraft(placeIn(GRID, 0), { id, kind: 'issue', item: 'CQ01', text: '楼道灯不亮' })]);
  await stage.run(MINUTE);
  const { db } = stage.server.deps;
  const row = await db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const other = row.data.replace('楼道灯不亮', '楼道灯亮了');
  const content = { kind: row.kind, id, ver: row.ver };
  const { digest } = await db
    .selectFrom('space')
    .select('digest')
    .where('id', '=', row.space)
    .executeTakeFirstOrThrow();
  const without = digestSubtract(digest, { ...content, content: contentHash(row.data) });
  await db
    .updateTable('space')
    .set({ digest: digestAdd(without, { ...content, content: contentHash(other) }) })
    .where('id', '=', row.space)
    .execute();
  await sql`drop trigger if exists record_update_on_one_path`.execute(db);
  await db.updateTable('record').set({ data: other }).where('id', '=', id).execute();
  await stage.run(3 * MINUTE);
  expect(phone.engine!.view.get(gridSpace(GRID), 'ticket', id)?.data.text).toBe('楼道灯亮了');
});

test('[PL2] [RS2] what a server forgot of a space that nobody carries comes back too, with the old epoch as well', async () => {
  const backup = await stage.server.backup();
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const [mid] = await save(phone, [contactDraft(idOf('rules', 'contact'), GRID, { phone: '13800001234' })]);
  await stage.run(MINUTE);
  expect(phone.engine!.view.get(contactSpace(GRID), 'contact', idOf('rules', 'contact'))).toBeUndefined();
  await stage.time.during(stage.server.restore(backup, 'folder'));
  await stage.run(5 * MINUTE);
  expect((await stage.server.receipts()).get(`${contactSpace(GRID)} ${mid ?? ''}`)).toMatchObject({
    status: 'applied',
  });
});

test('[RS3] where the archive no longer reaches back, all of it goes under a new client id', async () => {
  const backup = await stage.server.backup();
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const [, ...later] = await save(phone, appendMany(4));
  await stage.run(MINUTE);
  const { clientId } = phone.outbox;
  phone.outbox.rows = phone.outbox.rows.slice(1);
  phone.kill();
  void phone.open();
  await stage.run(MINUTE);
  await stage.time.during(stage.server.restore(backup, 'command', 'epoch-2'));
  await stage.run(10 * MINUTE);
  expect(await counted()).toEqual(later);
  expect(phone.outbox.clientId).not.toBe(clientId);
});

test('[FK1] [FK2] two phones of one client id lose nothing and do nothing twice', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const shared = await save(phone, appendMany(2));
  await stage.run(MINUTE);
  const twin = await stage.phone('twin', PEOPLE.oneGrid, {
    outbox: cloneOutboxDisk(phone.outbox),
    cache: cloneCacheDisk(phone.cache),
  });
  expect(twin.outbox.clientId).toBe(phone.outbox.clientId);
  stage.hand = offline;
  const one = await save(phone, appendMany(2));
  const other = await save(twin, appendMany(2));
  stage.hand = (request, send) => send(request);
  await stage.run(10 * MINUTE);
  expect([...(await counted())].sort()).toEqual([...shared, ...one, ...other].sort());
  expect(twin.outbox.clientId === phone.outbox.clientId).toBe(false);
  expect([phone.waiting, twin.waiting]).toEqual([0, 0]);
});

test('[FK1] [FK2] what another phone of the client id sent first is not taken for ours, though its receipts are gone', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const shared = await save(phone, appendMany(2));
  await stage.run(MINUTE);
  const { clientId } = phone.outbox;
  const disks = { outbox: cloneOutboxDisk(phone.outbox), cache: cloneCacheDisk(phone.cache) };
  const twin = await stage.phone('twin', PEOPLE.oneGrid, disks);
  stage.hand = (request, send, device) => (device === phone ? offline() : send(request));
  const ours = await save(phone, appendMany(2));
  const theirs = await save(twin, appendMany(2));
  await stage.run(MINUTE);
  expect(await counted()).toEqual([...shared, ...theirs]);
  twin.kill();
  await stage.server.deps.db.deleteFrom('receipt').where('mid', 'in', theirs).execute();
  stage.hand = (request, send) => send(request);
  await stage.run(10 * MINUTE);
  expect(await counted()).toEqual([...shared, ...theirs, ...ours]);
  expect(phone.outbox.clientId).not.toBe(clientId);
  expect(phone.waiting).toBe(0);
});

test('[RS2] [FK1] whose client id another used first on a restored server brings all that was lost before what is new', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const shared = await save(phone, appendMany(2));
  await stage.run(MINUTE);
  const backup = await stage.server.backup();
  const [outbox, cache] = [cloneOutboxDisk(phone.outbox), cloneCacheDisk(phone.cache)];
  const lost = await save(phone, appendMany(2));
  await stage.run(MINUTE);
  phone.kill();
  await stage.time.during(stage.server.restore(backup, 'folder'));

  const twin = await stage.phone('twin', PEOPLE.oneGrid, { outbox, cache });
  const theirs = await save(twin, [append()]);
  await stage.run(MINUTE);
  twin.kill();
  const back = await stage.phone('v1 again', PEOPLE.oneGrid, { outbox: phone.outbox, cache: phone.cache });
  const later = await save(back, [append()]);
  await stage.run(10 * MINUTE);
  expect(await counted()).toEqual([...shared, ...theirs, ...lost, ...later]);
  expect(back.waiting).toBe(0);
});

test('[PL5] [RV1] what is no longer allowed is gone at once, and what waited there still gets its word', async () => {
  const phone = await stage.phone('v2', PEOPLE.twoGrids);
  await save(phone, [visitDraft(idOf('rules', 'visit'), placeIn(GRIDS[1], 0))]);
  await stage.run(MINUTE);
  const space = gridSpace(GRIDS[1]);
  expect(phone.cache.rows.get(space)?.size).toBeGreaterThan(0);
  stage.hand = offline;
  await save(phone, [visitDraft(idOf('rules', 'visit 2'), placeIn(GRIDS[1], 1))]);
  stage.hand = (request, send) => send(request);
  await stage.time.during(stage.server.setRoles(phone.memberId, { ...PEOPLE.twoGrids.roles, volunteer: [GRIDS[0]] }));
  await stage.run(6 * MINUTE);
  expect(phone.cache.rows.get(space)?.size ?? 0).toBe(0);
  expect(phone.engine!.view.list({ space, kind: 'visit', index: 'all' })).toEqual([]);
  expect(phone.engine!.waiting()[0]).toMatchObject({
    state: 'attention',
    receipt: { status: 'quarantined', code: 'noAccess' },
  });
  expect(phone.engine!.actor().roles.volunteer).toEqual([GRIDS[0]]);
});

test('[RV1] a revoked phone hands everything in, keeps no row and no space', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await save(phone, appendMany(3));
  await stage.run(MINUTE);
  stage.hand = offline;
  const [last] = await save(phone, [append()]);
  await stage.time.during(stage.server.revoke(phone.sessionId));
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(phone.engine!.status().phase).toBe('revoked');
  expect([phone.cache.rows.size, phone.outbox.rows.length]).toEqual([0, 0]);
  const receipts = await stage.server.receipts();
  expect(receipts.get(`${gridSpace(GRID)} ${last ?? ''}`)).toMatchObject({ status: 'quarantined', code: 'revoked' });
});

test('[RV1] after a sign-in nothing is taken that the session of before is told, neither its end nor that there is none', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const phases = new Set<string>();
  for (const late of ['revoked', 'unauthenticated'] as const) {
    let release = (): void => undefined;
    stage.hand = async (request, send) => {
      const response = await send(request);
      await new Promise<void>((resolve) => (release = resolve));
      if (late === 'unauthenticated') throw new TransportError(late);
      return { ...response, revoked: true, allowed: [], pages: [] };
    };
    void phone.engine!.syncNow();
    await stage.run(100);
    phone.engine!.onStatus(({ phase }) => phases.add(phase));
    stage.hand = (request, send) => send(request);
    void phone.engine!.signedIn();
    release();
    const mids = await save(phone, [append()]);
    await stage.run(1_000);
    expect(phone.engine!.status()).toMatchObject({ phase: 'idle', waiting: 0 });
    expect(await counted()).toContain(mids[0]);
  }
  expect([...phases].sort()).toEqual(['idle', 'offline', 'syncing']);
});

test('[TB2] after a sign-in no form goes for what another tab is told late, and one does for an end that comes then', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const told: boolean[] = [];
  phone.drafts = {
    forget: async (signIn) => void told.push(signIn === phone.outbox.signIn),
    takeAgain: () => undefined,
  };
  void phone.open();
  await stage.run(MINUTE);
  let release = (): void => undefined;
  stage.hand = async (request, send) => {
    const response = await send(request);
    await new Promise<void>((resolve) => (release = resolve));
    return { ...response, revoked: true, allowed: [], pages: [] };
  };
  void phone.tabs[1]!.engine.syncNow();
  await stage.run(100);
  stage.hand = (request, send) => send(request);
  void phone.engine!.signedIn();
  await stage.run(500);
  release();
  await stage.run(2 * MINUTE);
  expect([told, phone.tabs.map(({ engine }) => engine.status().phase)]).toEqual([[false], ['idle', 'idle']]);

  await stage.time.during(stage.server.revoke(phone.sessionId));
  await stage.run(2 * MINUTE);
  expect(told.slice(1)).toContain(true);
});

test('[TB2] after a sign-in in one tab no other is paused, whether it was told before or is told late that there is none', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  void phone.open();
  await stage.run(MINUTE);
  const [one, other] = phone.tabs.map(({ engine }) => engine);
  const phases = (): unknown => phone.tabs.map(({ engine }) => engine.status().phase);
  let release = (): void => undefined;
  for (const isLate of [true, false]) {
    stage.hand = async () => {
      if (isLate) await new Promise<void>((resolve) => (release = resolve));
      throw new TransportError('unauthenticated');
    };
    void other!.syncNow();
    await stage.run(1_000);
    expect(phases()).toEqual(['idle', isLate ? 'syncing' : 'signedOut']);
    stage.hand = (request, send) => send(request);
    void one!.signedIn();
    await stage.run(500);
    if (isLate) release();
    // The lock may be with the other one just then.
    await stage.run(10_000);
    expect(phases()).toEqual(['idle', 'idle']);
  }
  stage.hand = () => Promise.reject(new TransportError('unauthenticated'));
  void other!.syncNow();
  await stage.run(MINUTE);
  expect(other!.status().phase).toBe('signedOut');
});

test('[RV1] what was refused before is handed in by a revoked phone, held once with all its words, and gone after that', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await stage.run(MINUTE);
  stage.hand = offline;
  const visit = visitDraft(idOf('rules', 'clash'), placeIn(GRID, 0));
  const [mid] = await save(phone, [visit]);
  const { deps } = stage.server;
  const other = await actorOf(deps.db, PEOPLE.twoGrids.id);
  const before = await applyMutation(deps, { ...visit, actor: other, mid: 'came first', at: deps.now() });
  expect(before.status).toBe('applied');
  stage.hand = (request, send) => send(request);
  await stage.run(2 * MINUTE);
  expect(phone.engine!.waiting()[0]).toMatchObject({ state: 'attention', receipt: { status: 'rejected' } });
  const gone = ticketStep(GRID, 'amend', { id: idOf('rules', 'nobody'), text: { from: '旧', to: '新' } });
  const [aside] = await save(phone, [gone]);
  await stage.run(2 * MINUTE);
  void phone.engine!.putAside(aside!);
  await stage.run(MINUTE);
  await stage.time.during(stage.server.revoke(phone.sessionId));
  // The receipts are gone with the cache, and the process before what was refused is handed in: asked again.
  stage.hand = async (request, send) => {
    const answer = await send(request);
    if (answer.revoked && phone.outbox.rows.length > 0) phone.kill();
    return answer;
  };
  await stage.run(3 * MINUTE);
  stage.hand = (request, send) => send(request);
  void phone.open();
  await stage.run(6 * MINUTE);
  expect(phone.engine!.status().phase).toBe('revoked');
  expect(phone.outbox.rows).toEqual([]);
  const held = await deps.db.selectFrom('held').select(['mid', 'space', 'mutation', 'args', 'reason']).execute();
  expect(held.map(({ args, ...one }) => ({ ...one, args: JSON.parse(args) as unknown }))).toEqual([
    {
      mid: derivedId('handedOver', mid!),
      ...{ space: visit.space, mutation: visit.name, args: visit.args, reason: 'revoked' },
    },
  ]);
});

test('[PL6] a digest that does not agree makes that space begin anew', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await save(phone, appendMany(2));
  await stage.run(MINUTE);
  const rows = phone.cache.rows.get(gridSpace(GRID))!;
  rows.delete([...rows.keys()][0]!);
  phone.kill();
  void phone.open();
  await stage.run(2 * MINUTE);
  expect(phone.engine!.view.get(gridSpace(GRID), 'household', COUNTER)).toBeDefined();
  expect(phone.engine!.status()).toMatchObject({ phase: 'idle', waiting: 0 });
});

test('[VW7] a wiped cache costs a pull and nothing else', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const mids = await save(phone, appendMany(3));
  await stage.run(MINUTE);
  wipeCacheDisk(phone.cache);
  phone.kill();
  void phone.open();
  const before = pushes().length;
  await stage.run(2 * MINUTE);
  expect(pushes().length).toBe(before);
  expect(await counted()).toEqual(mids);
  expect(statesOf(phone)).toEqual(['delivered', 'delivered', 'delivered']);
});

test("[CL1] a pending claim is the wall's card with `pending`; who comes second reads who came first, and when", async () => {
  const [volunteer, coordinator] = [
    await stage.phone('v1', PEOPLE.oneGrid),
    await stage.phone('co', PEOPLE.coordinator),
  ];
  const [one, two] = [await stage.phone('c1', PEOPLE.claimerOne), await stage.phone('c2', PEOPLE.claimerTwo)];
  const id = idOf('rules', 'wish');
  const wish = { id, kind: 'wish' as const, item: 'XC01', text: '修补纱窗' };
  const items = await stage.server.rows();
  const catalogue = items.find(({ kind }) => kind === 'catalogue')?.data as {
    classes: { items: { code: string; kind: string; sensitive: boolean }[] }[];
  };
  wish.item = catalogue.classes.flatMap((c) => c.items).find((item) => item.kind !== 'issue' && !item.sensitive)!.code;
  await save(volunteer, [ticketDraft(placeIn(GRID, 0), wish)]);
  await stage.run(2 * MINUTE);
  await save(coordinator, [ticketStep(GRID, 'accept', { id, tier: null })]);
  await save(coordinator, [ticketStep(GRID, 'publish', { id, cardText: '补两扇纱窗', public: true })]);
  await stage.run(2 * MINUTE);
  const card = cardIdOf(id);
  stage.hand = offline;
  await save(one, [claimDraft(COMMUNITY, card)]);
  await save(two, [claimDraft(COMMUNITY, card)]);
  expect(one.engine!.view.get(wallSpace(COMMUNITY), 'card', card)?.pending).toBe(true);
  stage.hand = (request, send, device) => (device === two ? send(request) : offline());
  await stage.run(6 * MINUTE);
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(two.engine!.view.get(wallSpace(COMMUNITY), 'card', card)).toMatchObject({
    pending: false,
    data: { state: 'claimed' },
  });
  const lost = one.engine!.waiting()[0];
  expect(lost).toMatchObject({
    state: 'attention',
    receipt: { code: 'claimTaken', data: { winnerName: PEOPLE.claimerTwo.roles.unit } },
  });
  const notices = one.engine!.view.list({ space: memberSpace(one.memberId), kind: 'notice', index: 'all' });
  expect(notices.map(({ data }) => data.type)).toEqual(['claimLost']);
});

test('[OB5] the archive lets go of what was settled 30 days ago, and of nothing else', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await save(phone, [append()]);
  await save(phone, [ticketStep(GRID, 'withdraw', { id: COUNTER, reason: '没有这件事' })]);
  await stage.run(2 * MINUTE);
  phone.skew = 365 * 24 * 60 * MINUTE;
  await stage.run(5 * MINUTE);
  expect(phone.outbox.rows).toHaveLength(2);
  phone.online = false;
  phone.kill();
  stage.time.after(31 * 24 * 60 * MINUTE, () => void phone.open());
  await stage.run(31 * 24 * 60 * MINUTE + 5 * MINUTE);
  expect(phone.engine!.waiting().map(({ row, state }) => [row.name, state])).toEqual([
    ['ticket.withdraw', 'attention'],
  ]);
});

test('[OB5] what is put aside stays for 30 days from then, whatever the phone takes for the time', async () => {
  const MONTH = 31 * 24 * 60 * MINUTE;
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const [refused] = await save(phone, [ticketStep(GRID, 'withdraw', { id: COUNTER, reason: '没有这件事' })]);
  await stage.run(2 * MINUTE);
  const openLater = async (): Promise<void> => {
    phone.kill();
    stage.time.after(MONTH, () => void phone.open());
    await stage.run(MONTH + 5 * MINUTE);
  };
  phone.skew = -12 * MONTH;
  phone.online = false;
  await openLater();
  await stage.runDuring(phone.engine!.putAside(refused!));
  phone.online = true;
  await stage.run(5 * MINUTE);
  expect(phone.outbox.rows).toHaveLength(1);
  await openLater();
  expect(phone.outbox.rows).toEqual([]);
});

test('[TB1] of two tabs one syncs, and both show the same', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  void phone.open();
  await stage.run(MINUTE);
  const [mine, other] = phone.tabs;
  void mine!.engine.save([append()]);
  await stage.run(MINUTE);
  const seen = other!.engine.view.get(gridSpace(GRID), 'household', COUNTER);
  expect([seen?.pending, other!.engine.status().waiting]).toEqual([false, 0]);
  const quiet = stage.requests.length;
  await stage.run(10 * MINUTE);
  expect(stage.requests.length - quiet).toBeLessThan(45);
});

test('[TB2] a pass that hangs gives up its lock after 60 s, and what it hears later changes nothing', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  let release = (): void => undefined;
  stage.hand = async (request, send) => {
    await new Promise<void>((resolve) => (release = resolve));
    return send(request);
  };
  const mids = await save(phone, [append()]);
  await stage.run(30_000);
  stage.hand = (request, send) => send(request);
  await stage.run(5 * MINUTE);
  expect(await counted()).toEqual(mids);
  release();
  await stage.run(MINUTE);
  expect(await counted()).toEqual(mids);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, phase: 'idle' });
});

test('[TB2] the answer to a pass that was given up leaves what the next one sends 上传中, and nothing is done twice', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const releases: (() => void)[] = [];
  stage.hand = async (request, send) => {
    await new Promise<void>((resolve) => releases.push(resolve));
    return send(request);
  };
  const mids = await save(phone, [append()]);
  void phone.engine!.signedIn();
  await stage.run(500);
  for (const late of [true, false]) {
    expect([releases.length, statesOf(phone)]).toEqual([2, ['sending']]);
    if (late) releases[0]!();
    await stage.run(500);
  }
  stage.hand = (request, send) => send(request);
  releases[1]!();
  await stage.run(500);
  expect([await counted(), statesOf(phone)]).toEqual([mids, ['delivered']]);
});

test('[TB2] what a pass was sending when it was given up is 已存本机 again', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = () => new Promise(() => undefined);
  await save(phone, [append()]);
  await stage.run(59_000);
  expect(statesOf(phone)).toEqual(['sending']);
  void phone.engine!.stop();
  expect(statesOf(phone)).toEqual(['saved']);
});

test('[UP1] a queue that was written by an older build is lifted and applied', async () => {
  await stage.close();
  const lifted = defineMutator({
    name: 'sim.word',
    version: 2,
    spaceKind: 'grid',
    creates: true,
    args: v.strictObject({ id: v.string(), words: v.array(v.string()) }),
    authorize: () => undefined,
    apply(tx, { id, words }) {
      tx.put('household', id, { place: placeIn(GRID, 0), createdAt: words.length });
    },
    upcast: { 1: (args) => ({ id: (args as { id: string }).id, words: [(args as { word: string }).word] }) },
  }) as unknown as Mutator;
  const first = {
    ...lifted,
    version: 1,
    args: v.strictObject({ id: v.string(), word: v.string() }),
    upcast: undefined,
  };
  const old: Mutator = {
    ...first,
    apply: (tx, args) => {
      tx.put('household', (args as { id: string }).id, { place: placeIn(GRID, 0), createdAt: 1 });
    },
  };
  stage = await setStage(new Map([[lifted.name, lifted]]));
  const outbox = newOutboxDisk();
  const cache = newCacheDisk();
  stage.hand = offline;
  const before = await stage.phone('old build', PEOPLE.oneGrid, {
    outbox,
    cache,
    mutators: new Map([[old.name, old]]),
  });
  await save(before, [{ space: gridSpace(GRID), name: 'sim.word', v: 1, args: { id: COUNTER, word: '灯' } }]);
  before.kill();
  stage.hand = (request, send) => send(request);
  const after = await stage.phone('new build', PEOPLE.oneGrid, { outbox, cache });
  await stage.run(MINUTE);
  expect(outbox.rows[0]).toMatchObject({ v: 1, args: { word: '灯' } });
  expect(after.engine!.waiting()[0]).toMatchObject({ state: 'delivered', receipt: { status: 'applied' } });
  expect(after.engine!.view.get(gridSpace(GRID), 'household', COUNTER)?.data.createdAt).toBe(1);
});

test('[TB2] an engine that is stopped does not wait for the network, and takes no answer that comes late', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  let release = (): void => undefined;
  stage.hand = async (request, send) => {
    const response = await send(request);
    await new Promise<void>((resolve) => (release = resolve));
    return response;
  };
  await save(phone, [append()]);
  let stopped = false;
  void phone.engine!.stop().then(() => (stopped = true));
  await stage.run(100);
  expect(stopped).toBe(true);
  const spaces = structuredClone([...phone.cache.spaces.values()]);
  release();
  await stage.run(MINUTE);
  expect([...phone.cache.spaces.values()]).toEqual(spaces);
});
