import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { idOf, visitDraft } from '../support/factories.ts';
import { newCacheDisk, wipeCacheDisk } from '../support/memory-cache-store.ts';
import type { SimDevice } from './sim-device.ts';
import type { Counted } from './sim-mutators.ts';
import { setStage } from './stage.ts';
import type { Hand, Stage } from './stage.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';

/** What a person sees of their own work, and when. */

const MINUTE = 60_000;
const [GRID, OTHER_GRID] = GRIDS;
const COUNTER = idOf('shown rules', 'counter');
const VISIT = idOf('shown rules', 'visit');

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const offline = (): Promise<never> => Promise.reject(new TransportError('offline'));
const through: Hand = (request, send) => send(request);
/** The word on what was sent comes, and no row. */
const wordAlone: Hand = async (request, send) => ({ ...(await send(request)), pages: [] });

const append = (grid: string = GRID): SaveRequest => ({
  space: gridSpace(grid),
  name: 'sim.append',
  v: 1,
  args: { id: COUNTER, place: placeIn(grid, 0) },
});

async function save(device: SimDevice, request: SaveRequest): Promise<string> {
  return (await stage.runDuring(device.engine!.save([request]), 500))[0]!.mid;
}

/** Somebody else's phone, as far as this one can tell. */
async function byAnother(request: SaveRequest): Promise<void> {
  const { deps } = stage.server;
  const actor = await actorOf(deps.db, PEOPLE.coordinator.id);
  const mid = idOf('shown rules', request.name, request.space);
  const { status } = await applyMutation(deps, { ...request, actor, mid, at: deps.now() });
  expect(status).toBe('applied');
}

/** The mids that the counter shows, and whether it still waits. */
const counted = (device: SimDevice): [readonly string[], boolean] | null => {
  const shown = device.engine!.view.get(gridSpace(GRID), 'household', COUNTER);
  return shown === undefined ? null : [(shown.data as Counted).mids, shown.pending];
};
const states = (device: SimDevice): string[] => device.engine!.waiting().map(({ state }) => state);

test('[VW2] what was applied shows as pending until its effect is in the rows that are here, and never twice', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = wordAlone;
  const mid = await save(phone, append());
  await stage.run(MINUTE);
  expect(phone.engine!.waiting()[0]).toMatchObject({ state: 'delivered', receipt: { status: 'applied' } });
  expect(counted(phone)).toEqual([[mid], true]);

  stage.hand = through;
  await stage.run(6 * MINUTE);
  expect(counted(phone)).toEqual([[mid], false]);
});

test('[VW2] what was refused shows no longer as soon as its word is here, whatever `appliedSeq` is', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await byAnother(visitDraft(VISIT, placeIn(GRID, 0)));
  stage.hand = offline;
  await save(phone, visitDraft(VISIT, placeIn(GRID, 0)));
  const shown = (): unknown => phone.engine!.view.get(gridSpace(GRID), 'visit', VISIT)?.pending;
  expect(shown()).toBe(true);

  stage.hand = wordAlone;
  await stage.run(6 * MINUTE);
  expect(phone.engine!.waiting()[0]).toMatchObject({ state: 'attention', receipt: { status: 'rejected' } });
  expect(phone.cache.spaces.get(gridSpace(GRID))?.appliedSeq).toBe(0);
  expect(shown()).toBeUndefined();
});

test('[VW5] what waits for a space that is not allowed is no record, and stands in the waiting list', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = offline;
  const mid = await save(phone, append());
  expect(counted(phone)).toEqual([[mid], true]);

  // The answer says what is allowed; what was written stays on its way.
  stage.hand = async (request, send) => {
    const answer = await send({ ...request, push: [] });
    return { ...answer, allowed: answer.allowed.filter(({ id }) => id !== gridSpace(GRID)), pages: [] };
  };
  await stage.run(2 * MINUTE);
  expect(phone.engine!.allowed()).not.toContain(gridSpace(GRID));
  expect(counted(phone)).toBeNull();
  expect(phone.engine!.view.list({ space: gridSpace(GRID), kind: 'household', index: 'all' })).toEqual([]);
  expect(phone.engine!.waiting().map(({ row }) => row.mid)).toEqual([mid]);
  expect(phone.waiting).toBe(1);
});

test('[VW6] an answer is shown as one step: the rows of all its spaces, receipts and `appliedSeq` together', async () => {
  const cache = newCacheDisk();
  const phone = await stage.phone('v2', PEOPLE.twoGrids, { cache });
  await stage.run(MINUTE);
  stage.hand = offline;
  const mid = await save(phone, append());
  await byAnother(append(OTHER_GRID));
  await byAnother(visitDraft(VISIT, placeIn(GRID, 0)));
  const look = (): unknown => [
    counted(phone),
    states(phone)[0] === 'delivered',
    phone.engine!.view.get(gridSpace(OTHER_GRID), 'household', COUNTER) !== undefined,
    phone.engine!.view.get(gridSpace(GRID), 'visit', VISIT) !== undefined,
  ];
  const before = look();
  const seen: unknown[] = [];
  const stored: string[] = [];
  const set = cache.spaces.set.bind(cache.spaces);
  cache.spaces.set = (space, next) => {
    seen.push(look());
    stored.push(space);
    return set(space, next);
  };
  phone.engine!.view.onChange(() => seen.push(look()));

  stage.hand = through;
  void phone.engine!.syncNow();
  await stage.run(2_000);

  const after = [[[mid], false], true, true, true];
  expect(stored).toEqual(expect.arrayContaining([gridSpace(GRID), gridSpace(OTHER_GRID)]));
  expect(look()).toEqual(after);
  expect(new Set(seen.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify(before), JSON.stringify(after)]),
  );
});

test('[RC3] the waiting list says 已存本机, 上传中, 已送达, 需处理, and is drawn from the outbox', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  await byAnother(visitDraft(VISIT, placeIn(GRID, 0)));
  stage.hand = offline;
  await save(phone, append());
  await save(phone, visitDraft(VISIT, placeIn(GRID, 0)));
  expect(states(phone)).toEqual(['saved', 'saved']);

  let inRequest: string[] = [];
  stage.hand = (request, send) => {
    if (request.push.length > 0) inRequest = states(phone);
    return send(request);
  };
  await stage.run(6 * MINUTE);
  expect(inRequest).toEqual(['sending', 'sending']);
  expect(states(phone)).toEqual(['attention', 'delivered']);

  // With nothing in the cache, and nobody to ask, it still knows what it has written and what has arrived.
  stage.hand = offline;
  phone.kill();
  wipeCacheDisk(phone.cache);
  void phone.open();
  await stage.run(MINUTE);
  expect(phone.engine!.waiting().map(({ row }) => row.name)).toEqual(['visit.record', 'sim.append']);
  expect(states(phone)[1]).toBe('delivered');
});
