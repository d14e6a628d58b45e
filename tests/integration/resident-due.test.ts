import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/actor/actor.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import { createApp } from '../../src/server/app.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { buildOffice } from '../support/demo/build-demo.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, COORDINATOR, VOLUNTEER } from '../support/demo/people.ts';
import { codeOf, contactDraft, idOf, placeOf, slipDraft, ticketDraft, ticketStep } from '../support/factories.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const CODE = codeOf('resident-due');
const TICKET = idOf('resident-due', 'ticket');
const at = (text: string): number => Date.parse(`${text}:00+08:00`);

let deps: TestDependencies;
let app: ReturnType<typeof createApp>;
let gridId: string;
let coordinator: Actor;
let admin: Actor;
let played = 0;

async function play(actor: Actor, draft: MutationDraft): Promise<void> {
  const mid = idOf('play-due', String(played++));
  expect(await applyMutation(deps, { ...draft, actor, mid, at: deps.now() })).toMatchObject({ status: 'applied' });
}
const desk = (action: string, args: Record<string, unknown>): Promise<void> =>
  play(coordinator, ticketStep(gridId, action, { id: TICKET, ...args }));
const until = (text: string): void => deps.advance(at(text) - deps.now());
const page = async (): Promise<string> => (await app.request(`/r/${CODE}`)).text();
const office = (name: string, args: unknown): Promise<void> => play(admin, { space: 'office', name, v: 1, args });

/** A matter of tier P2, logged on a Monday before noon. */
beforeEach(async () => {
  deps = await createTestDependencies();
  await buildOffice(deps, [ADMIN, VOLUNTEER, COORDINATOR]);
  app = createApp(deps);
  const volunteer = await actorOf(deps.db, VOLUNTEER.id);
  coordinator = await actorOf(deps.db, COORDINATOR.id);
  admin = await actorOf(deps.db, ADMIN.id);
  const community = demoCommunity('清泰门社区');
  const estate = community.estates[0]!;
  const place = placeOf(community, estate, estate.buildings[0]!, { entrance: 0, floor: 1, room: 1 });
  gridId = place.gridId;
  const contactId = idOf('resident-due', 'contact');
  const slipId = idOf('resident-due', 'slip');
  until('2026-12-07T10:00');
  await play(volunteer, contactDraft(contactId, gridId, { name: '俞奶奶', phone: '19900001234' }));
  await play(
    volunteer,
    ticketDraft(place, { id: TICKET, kind: 'issue', item: 'DL04', text: '灯不亮', slipId, contactId }),
  );
  await play(
    volunteer,
    slipDraft(gridId, { id: slipId, code: CODE, visitId: null, ticketIds: [TICKET], contactId, proof: 'phone' }),
  );
  await desk('accept', { tier: 'P2' });
});

afterEach(() => deps.close());

test('what comes next says by which day it should be done', async () => {
  expect(await page()).toContain('预计 12月14日 周一 前办结。');
  until('2026-12-14T23:59');
  expect(await page()).toContain('预计 12月14日 周一 前办结。');
});

test('a return moves nothing', async () => {
  until('2026-12-09T10:00');
  await desk('return', { reason: '缺楼层' });
  expect(await page()).toContain('预计 12月14日 周一 前办结。');
});

test('what is late is said to be late', async () => {
  until('2026-12-15T00:00');
  const text = await page();
  expect(text).toContain('原定 12月14日 周一 前办结，现在已经晚了');
  expect(text).not.toContain('预计');
});

test('a tier in hours names the hour', async () => {
  await office('terms.edit', {
    'P2.finish': { from: { amount: 5, unit: 'workday' }, to: { amount: 36, unit: 'hour' } },
  });
  expect(await page()).toContain('预计 12月8日 周二 22:00 前办结。');
});

test('the office’s own terms and days off count', async () => {
  await office('terms.edit', {
    'P2.finish': { from: { amount: 5, unit: 'workday' }, to: { amount: 3, unit: 'workday' } },
  });
  expect(await page()).toContain('预计 12月10日 周四 前办结。');
  await office('workdays.edit', { year: 2026, days: { '2026-12-09': { from: 'plain', to: 'off' } } });
  expect(await page()).toContain('预计 12月11日 周五 前办结。');
});

test('while suspended there is the day of review alone, and afterwards the days that were left', async () => {
  until('2026-12-09T10:00');
  await desk('suspend', { reason: '等改造', reviewOn: '2027-01-06' });
  const text = await page();
  expect(text).toContain('1月6日 周三');
  expect(text).not.toMatch(/预计|原定/);
  until('2027-01-11T10:00');
  await desk('resume', {});
  // One of five was used: Monday is the second.
  expect(await page()).toContain('预计 1月14日 周四 前办结。');
});

test('once there is a result nothing is expected of anyone', async () => {
  await desk('dispatch', { leadUnit: '物业维修班', jointUnits: [], note: '' });
  await desk('resolve', { outcome: 'solved', result: '换了灯' });
  until('2026-12-20T10:00');
  expect(await page()).not.toMatch(/预计|原定/);
});
