import { afterEach, beforeEach, expect, test } from 'vitest';
import { communitySpace, gridSpace, memberSpace, OFFICE } from '../../src/domain/space/space.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf, ticketDraft, ticketStep } from '../support/factories.ts';
import { cloneCacheDisk } from '../support/memory-cache-store.ts';
import { COMMUNITY, GRIDS, PEOPLE, placeIn } from './sim-town.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';

const MINUTE = 60_000;
const GRID = gridSpace(GRIDS[0]);

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const lastPull = (): string[] =>
  stage.requests
    .findLast(({ request }) => request.pull.some(({ rows }) => rows))!
    .request.pull.flatMap(({ space, rows }) => (rows ? [space] : []));

test('[PL9] a community that is left out goes from the device, what was written there arrives, and all of it comes back', async () => {
  const phone = await stage.phone('co', PEOPLE.coordinator);
  await stage.run(MINUTE);
  const { engine } = phone;
  const [id, second] = [idOf('left out', 'ticket'), idOf('left out', 'second')];
  const draft = (ticket: string) =>
    ticketDraft(placeIn(GRIDS[0], 0), { id: ticket, kind: 'issue', item: 'CQ01', text: '灯不亮' });
  await stage.runDuring(engine!.save([draft(id)]));
  expect(engine!.view.get(GRID, 'ticket', id)?.pending).toBe(false);

  stage.hand = (request, send) => (request.push.length > 0 ? new Promise(() => undefined) : send(request));
  const saving = engine!.save([draft(second)]);
  await stage.runDuring(engine!.leaveOut([COMMUNITY]));
  await saving;
  expect([...phone.cache.spaces.keys()].filter((space) => phone.cache.rows.get(space)?.size)).toEqual(
    expect.not.arrayContaining([GRID, communitySpace(COMMUNITY)]),
  );
  expect(engine!.view.get(GRID, 'ticket', id)).toBeUndefined();
  expect(engine!.status().waiting).toBe(1);

  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(engine!.status()).toMatchObject({ waiting: 0, attention: 0 });
  expect((await stage.server.rows()).some((row) => row.id === second)).toBe(true);
  expect(lastPull().sort()).toEqual([OFFICE, memberSpace(PEOPLE.coordinator.id)].sort());

  await stage.runDuring(engine!.leaveOut([]));
  expect(engine!.view.get(GRID, 'ticket', id)).toBeDefined();
  expect(engine!.view.get(GRID, 'ticket', second)?.pending).toBe(false);
});

test('[PL9] what the browser did not keep of leaving out is done once more, also without a network', async () => {
  const phone = await stage.phone('co', PEOPLE.coordinator);
  await stage.run(MINUTE);
  const { handles: _, ...earlier } = cloneCacheDisk(phone.cache);
  await stage.runDuring(phone.engine!.leaveOut([COMMUNITY]));
  phone.kill();
  Object.assign(phone.cache, earlier);
  stage.hand = () => Promise.reject(new TransportError('offline'));
  await stage.runDuring(phone.open());
  await stage.runDuring(phone.engine!.leaveOut([COMMUNITY]));
  expect(phone.heldOfLeftOut()).toEqual([]);
});

test('[PL9] what was refused in a community that is left out stays refused, also without a network', async () => {
  const phone = await stage.phone('co', PEOPLE.coordinator);
  await stage.run(MINUTE);
  const { engine } = phone;
  await stage.runDuring(engine!.save([ticketStep(GRIDS[0], 'accept', { id: idOf('left out', 'nobody'), tier: null })]));
  await stage.run(MINUTE);
  const standing = () => [engine!.status().attention, engine!.waiting()[0]?.state];
  expect(standing()).toEqual([1, 'attention']);

  stage.hand = () => Promise.reject(new TransportError('offline'));
  await stage.runDuring(engine!.leaveOut([COMMUNITY]));
  expect(standing()).toEqual([1, 'attention']);
  stage.hand = (request, send) => send(request);
  await stage.run(6 * MINUTE);
  expect(standing()).toEqual([1, 'attention']);
  await stage.runDuring(engine!.leaveOut([]));
  expect(standing()).toEqual([1, 'attention']);
  expect(phone.cache.receipts.size).toBe(1);
});
