import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/actor/actor.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import { createApp } from '../../src/server/app.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { createRateLimiter } from '../../src/server/http/rate-limiter.ts';
import { MAX_WRONG_DIGITS } from '../../src/server/resident/proof.ts';
import { residentWords as words } from '../../src/server/resident/resident-words.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { buildOffice } from '../support/demo/build-demo.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, COORDINATOR, VOLUNTEER } from '../support/demo/people.ts';
import {
  codeOf,
  contactDraft,
  idOf,
  placeOf,
  slipDraft,
  ticketDraft,
  ticketStep,
  visitDraft,
} from '../support/factories.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const PHONE = '19900001234';
const CODE = codeOf('resident-test');
const TICKET = idOf('resident', 'ticket');
const SECRET_TEXT = '四楼楼梯口的灯不亮，晚上摸黑上楼。';

let deps: TestDependencies;
let app: ReturnType<typeof createApp>;
let gridId: string;
let volunteer: Actor;
let coordinator: Actor;
let played = 0;

async function play(actor: Actor, draft: MutationDraft): Promise<void> {
  const result = await applyMutation(deps, { ...draft, actor, mid: idOf('play', String(played++)), at: deps.now() });
  expect(result).toMatchObject({ status: 'applied' });
  deps.advance(60_000);
}

beforeEach(async () => {
  deps = await createTestDependencies();
  await buildOffice(deps, [ADMIN, VOLUNTEER, COORDINATOR]);
  app = createApp(deps);
  volunteer = await actorOf(deps.db, VOLUNTEER.id);
  coordinator = await actorOf(deps.db, COORDINATOR.id);
  const community = demoCommunity('清泰门社区');
  const estate = community.estates[0]!;
  const place = placeOf(community, estate, estate.buildings[0]!, { entrance: 0, floor: 1, room: 1 });
  gridId = place.gridId;
  const visitId = idOf('resident', 'visit');
  const contactId = idOf('resident', 'contact');
  const slipId = idOf('resident', 'slip');
  await play(volunteer, visitDraft(visitId, place));
  await play(volunteer, contactDraft(contactId, gridId, { name: '俞奶奶', phone: PHONE }));
  await play(
    volunteer,
    ticketDraft(place, { id: TICKET, kind: 'issue', item: 'DL04', text: SECRET_TEXT, visitId, slipId, contactId }),
  );
  await play(
    volunteer,
    slipDraft(gridId, { id: slipId, code: CODE, visitId, ticketIds: [TICKET], contactId, proof: 'phone' }),
  );
});

afterEach(() => deps.close());

const get = async (path: string): Promise<{ status: number; text: string; response: Response }> => {
  const response = await app.request(path);
  return { status: response.status, text: await response.text(), response };
};

let mids = 0;
const post = async (action: string, fields: Record<string, string>, mid = idOf('form', String(mids++))) => {
  const response = await app.request(`/r/${CODE}/${TICKET}/${action}`, {
    method: 'POST',
    body: new URLSearchParams({ mid, ...fields }),
  });
  return { status: response.status, text: await response.text(), location: response.headers.get('location') };
};

const ticket = async () => (await readRecord(deps.db, `grid:${gridId}`, 'ticket', TICKET))!.data;

async function resolve(): Promise<void> {
  await play(coordinator, ticketStep(gridId, 'accept', { id: TICKET, tier: null }));
  await play(
    coordinator,
    ticketStep(gridId, 'dispatch', { id: TICKET, leadUnit: '物业维修班', jointUnits: [], note: '' }),
  );
  await play(coordinator, ticketStep(gridId, 'start', { id: TICKET, note: '' }));
  await play(coordinator, ticketStep(gridId, 'resolve', { id: TICKET, outcome: 'solved', result: '换了声控灯。' }));
}

test('the code shows where the matter is and what comes next, and nothing of the person', async () => {
  const { status, text, response } = await get(`/r/${CODE}`);
  expect(status).toBe(200);
  expect(text).toContain(words.state.issue.logged.title);
  expect(text).toContain(words.state.issue.logged.next);
  // The form's number is random, and now and then it has the door's digits in it.
  const shown = text.replaceAll(/name="mid" value="[0-9a-f-]{36}"/g, '');
  for (const secret of [PHONE, '1234', '俞奶奶', SECRET_TEXT, '202', '陈晓']) expect(shown).not.toContain(secret);
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('a code is read however it is typed', async () => {
  const typed = `${CODE.slice(0, 5).toLowerCase()} ${CODE.slice(5)}`;
  const response = await app.request('/r', { method: 'POST', body: new URLSearchParams({ code: typed }) });
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe(`/r/${CODE}`);
});

test('an unknown code gets the same patient words as one that is still on a phone', async () => {
  const { status, text } = await get(`/r/${codeOf('never-issued')}`);
  expect(status).toBe(404);
  expect(text).toContain(words.unknown.text);
});

test('an address that keeps asking for codes that are not here has to wait', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 31; i++) statuses.push((await get(`/r/${codeOf(`guess-${i}`)}`)).status);
  expect(statuses.at(29)).toBe(404);
  expect(statuses.at(30)).toBe(429);
  // Even a right code: otherwise the answer to a guess would still be told.
  expect((await get(`/r/${CODE}`)).status).toBe(429);
  deps.advance(16 * 60_000);
  expect((await get(`/r/${CODE}`)).status).toBe(200);
});

test('an address that keeps asking for the page of one slip has to wait as well', async () => {
  deps.limiter = createRateLimiter(deps.now);
  const statuses: number[] = [];
  for (let i = 0; i < 300; i++) statuses.push((await get(i % 2 === 0 ? '/r' : `/r/${CODE}`)).status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect((await get('/r')).status).toBe(429);
  expect((await get(`/r/${CODE}`)).status).toBe(429);
  deps.advance(1000);
  expect((await get(`/r/${CODE}`)).status).toBe(200);
});

test('the resident confirms and rates with the last four digits', async () => {
  await resolve();
  expect((await get(`/r/${CODE}`)).text).toContain(words.act.confirmTitle);
  const answer = await post('confirm', { digits: '1234', satisfaction: 'satisfied' });
  expect(answer).toMatchObject({ status: 303, location: `/r/${CODE}?done=confirm` });
  expect(await ticket()).toMatchObject({ state: 'closed', satisfaction: 'satisfied' });
});

test('pressing twice confirms once', async () => {
  await resolve();
  const mid = idOf('form', 'twice');
  await post('confirm', { digits: '1234', satisfaction: 'satisfied' }, mid);
  const before = (await ticket()).timeline.length;
  const again = await post('confirm', { digits: '1234', satisfaction: 'satisfied' }, mid);
  expect(again.status).toBe(303);
  expect((await ticket()).timeline).toHaveLength(before);
});

test('a form that was sent and then filled in anew is a new word, whatever the page behind the back button holds', async () => {
  const mid = idOf('form', 'kept by the browser');
  await post('add', { digits: '1234', text: '五楼的灯也坏了' }, mid);
  await post('add', { digits: '1234', text: '六楼的也坏了' }, mid);
  await post('add', { digits: '1234', text: '六楼的也坏了' }, mid);
  const added = (await ticket()).timeline.filter(({ action }) => action === 'added');
  expect(added.map(({ text }) => text)).toEqual(['五楼的灯也坏了', '六楼的也坏了']);
});

test('a slip shows no matter that names another slip as its own', async () => {
  const other = { id: idOf('resident', 'other slip'), code: codeOf('resident-other') };
  const contactId = idOf('resident', 'contact');
  const draft = slipDraft(gridId, { ...other, visitId: null, ticketIds: [TICKET], contactId, proof: 'phone' });
  await play(volunteer, draft);
  const { status, text } = await get(`/r/${other.code}`);
  expect(status).toBe(404);
  expect(text).not.toContain(words.state.issue.logged.title);
});

test('wrong digits change nothing, keep what was typed, and lock after five', async () => {
  for (let tries = 1; tries < MAX_WRONG_DIGITS; tries++) {
    const answer = await post('add', { digits: '0000', text: '五楼的灯也坏了' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('五楼的灯也坏了');
  }
  expect((await post('add', { digits: '0000', text: '五楼的灯也坏了' })).status).toBe(429);
  expect((await post('add', { digits: '1234', text: '五楼的灯也坏了' })).status).toBe(429);
  expect((await ticket()).timeline).toHaveLength(1);
  deps.advance(15 * 60_000 + 1);
  expect((await post('add', { digits: '1234', text: '五楼的灯也坏了' })).status).toBe(303);
  expect((await ticket()).timeline.at(-1)).toMatchObject({ action: 'added', text: '五楼的灯也坏了' });
});

test('a resident who is not content has the matter taken up again', async () => {
  await resolve();
  expect((await post('reopen', { digits: '1234', text: '第二天又不亮了' })).status).toBe(303);
  expect((await ticket()).state).toBe('reopened');
});

test('a step that is not open any more is refused in plain words', async () => {
  const answer = await post('confirm', { digits: '1234', satisfaction: 'satisfied' });
  expect(answer.status).toBe(409);
  expect(answer.text).toContain(words.error.refused);
});

test('a form without its choice or its text says which is missing', async () => {
  await resolve();
  expect((await post('confirm', { digits: '1234' })).text).toContain(words.error.choose);
  expect((await post('add', { digits: '1234', text: ' ' })).text).toContain(words.error.text);
  expect((await post('add', { digits: '12', text: '好' })).text).toContain(words.error.digitsForm);
});

test('长辈版 is a link and a cookie, no script', async () => {
  const { response, text } = await get(`/r/${CODE}?elder=1`);
  expect(text).toContain('data-mode="elder"');
  expect(response.headers.get('set-cookie')).toContain('elder=1');
});
