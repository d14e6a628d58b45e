import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import type { CachePage } from '../../src/sync/cache-port.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf, ticketStep, visitDraft } from '../support/factories.ts';
import type { SimDevice } from './sim-device.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';

/** A disk that takes nothing more of what the server has: what the phone alone has goes out all the same. */

const MINUTE = 60_000;
const [HOME] = GRIDS;
const SPACE = gridSpace(HOME);
const COUNT = 600;

let stage: Stage;
let phone: SimDevice;
beforeEach(async () => {
  stage = await setStage();
  phone = await stage.phone('v1', PEOPLE.oneGrid);
  await stage.run(MINUTE);
  stage.hand = () => Promise.reject(new TransportError('offline'));
});
afterEach(() => stage.close());

const append = () => ({
  space: SPACE,
  name: 'sim.append',
  v: 1,
  args: { id: idOf('full', 'counter'), place: placeIn(HOME, 0) },
});

/** The link is slow, so that each pass has its end before all is through. */
function fill(): void {
  phone.failing = (operation) => (operation === 'applyPage' ? 'full' : null);
  stage.hand = async (request, send) => {
    await stage.time.sleep(2000);
    return send(request);
  };
}

async function onServer(): Promise<number> {
  const row = (await stage.server.rows()).find(({ id, space }) => id === idOf('full', 'counter') && space === SPACE);
  return (row?.data as { mids: string[] } | undefined)?.mids.length ?? 0;
}

test('[OB11] what waits goes out though there is no room for what the server answers', async () => {
  await stage.runDuring(phone.engine!.save(Array.from({ length: COUNT }, append)), 5000);
  fill();
  await stage.run(10 * MINUTE);
  expect(await onServer()).toBe(COUNT);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, phase: 'idle', noRoom: true });
  phone.kill();
  void phone.open();
  await stage.run(MINUTE);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 0 });
});

test('[OB11] rows for which there is no room are not fetched again and again, and come once there is some', async () => {
  await stage.runDuring(phone.engine!.save([append()]), 1000);
  fill();
  const before = stage.requests.length;
  await stage.run(60 * MINUTE);
  const asked = stage.requests
    .slice(before)
    .filter(({ request }) => request.pull.some(({ space, rows }) => space === SPACE && rows));
  expect(asked.length).toBeLessThan(15);
  expect(phone.engine!.view.get(SPACE, 'household', idOf('full', 'counter'))?.pending).toBe(true);
  phone.failing = () => null;
  await stage.run(12 * MINUTE);
  expect(phone.engine!.status().noRoom).toBeUndefined();
  expect(phone.engine!.view.get(SPACE, 'household', idOf('full', 'counter'))?.pending).toBe(false);
});

test('[OB11] what was written shows though there is room for the words and none for the rows', async () => {
  await stage.runDuring(phone.engine!.save([append()]), 1000);
  const hasRows = ([page]: readonly unknown[]): boolean => (page as CachePage).rows.length > 0;
  phone.failing = (operation, args) => (operation === 'applyPage' && hasRows(args) ? 'full' : null);
  stage.hand = (request, send) => send(request);
  for (let minute = 0; minute < 5; minute++) {
    await stage.run(MINUTE);
    expect(phone.engine!.view.get(SPACE, 'household', idOf('full', 'counter'))?.pending).toBe(true);
  }
});

test('[OB11] what waits goes out though the outbox has no room to note what was settled, nor the contact', async () => {
  await stage.runDuring(phone.engine!.save(Array.from({ length: COUNT }, append)), 5000);
  fill();
  phone.failing = (operation) => (['applyPage', 'settle', 'putMeta'].includes(operation) ? 'full' : null);
  await stage.run(10 * MINUTE);
  expect(await onServer()).toBe(COUNT);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, phase: 'idle' });
});

test('[OB11] what was refused meanwhile stands in 需处理, also after the next start without a network', async () => {
  const step = ticketStep(HOME, 'withdraw', { id: idOf('full', 'nobody'), reason: '没有这件事' });
  await stage.runDuring(phone.engine!.save([step, visitDraft(idOf('full', 'visit'), placeIn(HOME, 1))]), 1000);
  fill();
  await stage.run(5 * MINUTE);
  phone.kill();
  stage.hand = () => Promise.reject(new TransportError('offline'));
  void phone.open();
  await stage.run(MINUTE);
  expect(phone.engine!.status()).toMatchObject({ waiting: 0, attention: 1 });
});
