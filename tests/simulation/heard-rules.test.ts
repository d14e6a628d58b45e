import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import type { SaveRequest, SyncEngine } from '../../src/sync/engine-api.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { idOf } from '../support/factories.ts';
import type { Counted } from './sim-mutators.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { GRIDS, PEOPLE, placeIn } from './sim-town.ts';

/** What a tab takes over from the server and from the tab beside it. */

const MINUTE = 60_000;
const SPACE = gridSpace(GRIDS[0]);
const ID = idOf('heard rules', 'household');

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const requestOf = (name: 'sim.append' | 'sim.toggle'): SaveRequest => ({
  space: SPACE,
  name,
  v: 1,
  args: { id: ID, place: placeIn(GRIDS[0], 0) },
});

let written = 0;
async function byAnother(name: 'sim.append' | 'sim.toggle'): Promise<string> {
  const { deps } = stage.server;
  const actor = await actorOf(deps.db, PEOPLE.coordinator.id);
  const mid = idOf('heard rules', 'by another', String(++written));
  expect((await applyMutation(deps, { ...requestOf(name), actor, mid, at: deps.now() })).status).toBe('applied');
  return mid;
}

const mids = ({ view }: SyncEngine): readonly string[] | undefined =>
  (view.get(SPACE, 'household', ID)?.data as Counted | undefined)?.mids;

test('[PL4] later rows replace earlier ones, and a tombstone takes its row away, from the store too', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const openAgain = async (): Promise<SyncEngine> => {
    phone.kill();
    const { hand } = stage;
    stage.hand = () => Promise.reject(new TransportError('offline'));
    void phone.open();
    await stage.run(MINUTE);
    stage.hand = hand;
    return phone.engine!;
  };
  const pull = async (): Promise<void> => {
    void phone.engine!.syncNow();
    await stage.run(2_000);
    expect(phone.engine!.status()).toMatchObject({ phase: 'idle', lastFault: null });
  };
  const first = await byAnother('sim.append');
  await pull();
  expect(mids(phone.engine!)).toEqual([first]);

  const second = await byAnother('sim.append');
  await pull();
  expect(mids(phone.engine!)).toEqual([first, second]);
  expect(mids(await openAgain())).toEqual([first, second]);
  await stage.run(6 * MINUTE);

  await byAnother('sim.toggle');
  await pull();
  expect(phone.engine!.view.get(SPACE, 'household', ID)).toBeUndefined();
  expect((await openAgain()).view.list({ space: SPACE, kind: 'household', index: 'all' })).toEqual([]);
});

test('[TB3] what one tab was answered the other shows without asking, and what one saved the other sends', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  void phone.open();
  await stage.run(MINUTE);
  const [one, other] = phone.tabs;
  const first = await byAnother('sim.append');
  const asked = stage.requests.length;
  void one!.engine.syncNow();
  await stage.run(1_000);
  expect(stage.requests.length).toBe(asked + 1);
  expect([mids(one!.engine), mids(other!.engine)]).toEqual([[first], [first]]);

  const saving = one!.engine.save([requestOf('sim.append')]);
  await stage.run(40);
  one!.kill();
  const { mid } = (await saving)[0]!;
  expect(stage.requests.length).toBe(asked + 1);
  await stage.run(2_000);
  expect(mids(other!.engine)).toEqual([first, mid]);
  expect(other!.engine.status().waiting).toBe(0);
});

test('[PS7] [PL3] what was asked before the tab beside brought what was in trouble tells of no loss', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  void phone.open();
  await stage.run(MINUTE);
  phone.lockless = true;
  const [one, other] = phone.tabs.map(({ engine }) => engine);
  const faults: (string | null)[] = [];
  one!.onStatus(({ lastFault }) => faults.push(lastFault));
  stage.hand = (request, send) =>
    request.push.length > 0 ? Promise.reject(new TransportError('server')) : send(request);
  const saving = other!.save([requestOf('sim.append')]);
  await stage.run(5_000);
  const [row] = await saving;
  let release = (): void => undefined;
  const brought = new Promise<void>((resolve) => (release = resolve));
  let isHeld = false;
  let isBrought = false;
  stage.hand = async (request, send) => {
    const isFirst = !isHeld;
    isHeld = true;
    const answer = await send(request);
    if (isFirst) await brought;
    else if (isBrought) await stage.time.sleep(5_000);
    else if (request.push.length > 0) {
      isBrought = true;
      stage.time.after(1_000, release);
    }
    return answer;
  };
  void one!.syncNow();
  await stage.run(100);
  for (let n = 0; n < 20 && !isBrought; n++) {
    void other!.syncNow();
    await stage.run(2_000);
  }
  await stage.run(10_000);
  expect([isBrought, faults.includes('loss'), faults.includes('deadline')]).toEqual([true, false, false]);
  expect(one!.waiting()).toMatchObject([{ row: { mid: row!.mid }, state: 'delivered' }]);
});

test('[OB4] a mutation is settled once the word on it is here, and not by its being applied', async () => {
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  stage.hand = async (request, send) => {
    const answer = await send(request);
    return { ...answer, pages: [], pushed: answer.pushed.map((run) => ({ ...run, receipts: [] })) };
  };
  const saving = phone.engine!.save([requestOf('sim.append')]);
  await stage.run(2 * MINUTE);
  const { mid } = (await saving)[0]!;
  expect((await stage.server.receipts()).get(`${SPACE} ${mid}`)?.status).toBe('applied');
  expect(phone.waiting).toBe(1);

  stage.hand = async (request, send) => ({ ...(await send(request)), pages: [] });
  await stage.run(6 * MINUTE);
  expect(phone.waiting).toBe(0);
});
