import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { derivedId } from '../../src/domain/place/place.ts';
import { maskField } from '../../src/domain/contact/masking.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import { HELD_SHOWN, type HeldEntry, type ReturnedEntry } from '../../src/protocol/desk-messages.ts';
import type { SyncResponse } from '../../src/protocol/sync-messages.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { acceptHeld, returnHeld } from '../../src/server/desk/decide-held.ts';
import { readHeldOne, type Held } from '../../src/server/desk/held-repository.ts';
import { tellAuthor, type Word } from '../../src/server/desk/tell-author.ts';
import { inLockedSpaces } from '../../src/server/sync/in-locked-spaces.ts';
import { readRecord, readRecords } from '../../src/server/sync/read-record.ts';
import { EAST, officeWorld, WEST, type Browser } from '../support/account-world.ts';
import { contactDraft, idOf, placeInGrid, ticketDraft, ticketStep } from '../support/factories.ts';
import { refuseInserts } from '../support/refuse-inserts.ts';
import { SyncPhone } from '../support/sync-phone.ts';

let world: Awaited<ReturnType<typeof officeWorld>>;
let coordinator: Browser;
let count = 0;
beforeAll(async () => {
  world = await officeWorld();
  coordinator = await world.signedIn('east-desk', { coordinator: [EAST.id] });
}, 60_000);
afterAll(() => world.deps.close());

interface Gone {
  id: string;
  name: string;
  browser: Browser;
  phone: SyncPhone;
}
let gone: Gone;
/** A volunteer whose account was closed while the phone still had something to say. */
beforeEach(async () => {
  const name = `gone-${++count}`;
  const browser = await world.signedIn(name, { volunteer: [EAST.grid] });
  const id = await browser.memberId();
  await coordinator.ask('PATCH', `/api/members/${id}`, { active: false });
  const send = async (request: object) =>
    (await (await browser.ask('POST', '/api/sync', request)).json()) as SyncResponse;
  gone = { id, name, browser, phone: new SyncPhone(id, send, { client: `c${count}`, clock: world.deps.now() }) };
});

async function handIn({ phone }: Gone, { space, name, args }: MutationDraft): Promise<HeldEntry> {
  const answer = await phone.push(space, phone.mutation(space, name, args));
  expect(answer.pushed[0]?.receipts[0]).toMatchObject({ status: 'quarantined', code: 'revoked' });
  const list = (await (await coordinator.ask('GET', '/api/held')).json()) as HeldEntry[];
  const entry = list.find(({ memberName, mutation }) => memberName === gone.name && mutation === name);
  if (!entry) throw new Error('not held');
  return entry;
}

const place = () => placeInGrid(EAST.id, EAST.grid);
const ticket = (id: string) => ticketDraft(place(), { id, kind: 'issue', item: 'LD01', text: '楼道灯不亮' });
const notices = async () => (await readRecords(world.deps.db, `member:${gone.id}`, 'notice')).map(({ data }) => data);

test("what was held becomes its author's record when it is accepted, and the author is told", async () => {
  const id = idOf('held', gone.id);
  const entry = await handIn(gone, ticket(id));
  expect(entry).toMatchObject({ space: `grid:${EAST.grid}`, communityId: EAST.id, reason: 'revoked' });
  const answer = await coordinator.ask('POST', `/api/held/${entry.id}/accept`);
  expect(await answer.json()).toEqual({ status: 'applied', code: '', data: {} });
  const record = await readRecord(world.deps.db, `grid:${EAST.grid}`, 'ticket', id);
  expect(record?.data).toMatchObject({ text: '楼道灯不亮', loggedBy: gone.id, loggedByName: gone.name });
  expect(record?.data.timeline).toEqual([expect.objectContaining({ action: 'logged', byRole: 'volunteer' })]);
  const told = { type: 'heldAccepted', readAt: null, params: { mid: `c${count}-grid:${EAST.grid}-1` } };
  expect(await notices()).toEqual([expect.objectContaining(told)]);
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/accept`)).status).toBe(404);
});

test('what does not fit stays held, and can be accepted once it does', async () => {
  const id = idOf('late', gone.id);
  const entry = await handIn(gone, ticketStep(EAST.grid, 'withdraw', { id, reason: '已经修好' }));
  for (let i = 0; i < 2; i++) {
    const refused = await coordinator.ask('POST', `/api/held/${entry.id}/accept`);
    expect(await refused.json()).toMatchObject({ status: 'rejected', code: 'notFound' });
  }
  expect(await notices()).toEqual([]);
  const first = await handIn(gone, ticket(id));
  await coordinator.ask('POST', `/api/held/${first.id}/accept`);
  const answer = await coordinator.ask('POST', `/api/held/${entry.id}/accept`);
  expect(await answer.json()).toMatchObject({ status: 'applied' });
  expect((await readRecord(world.deps.db, `grid:${EAST.grid}`, 'ticket', id))?.data.state).toBe('withdrawn');
});

test('a mid is followed through the log from being held to being accepted, under a new one too', async () => {
  let log = '';
  const write = (chunk: Buffer, _encoding: unknown, done: () => void): void => {
    log += chunk.toString();
    done();
  };
  const { logger } = world.deps;
  world.deps.logger = pino({ base: null }, new Writable({ write }));
  const id = idOf('followed', gone.id);
  const mid = randomUUID();
  const space = `grid:${EAST.grid}`;
  const step = ticketStep(EAST.grid, 'withdraw', { id, reason: '已经修好' });
  await gone.phone.push(space, gone.phone.mutation(space, step.name, step.args, { mid }));
  const list = (await (await coordinator.ask('GET', '/api/held')).json()) as HeldEntry[];
  const entry = list.find(({ memberName }) => memberName === gone.name)!;
  await coordinator.ask('POST', `/api/held/${entry.id}/accept`);
  const first = await handIn(gone, ticket(id));
  await coordinator.ask('POST', `/api/held/${first.id}/accept`);
  expect(await (await coordinator.ask('POST', `/api/held/${entry.id}/accept`)).json()).toMatchObject({
    status: 'applied',
  });
  world.deps.logger = logger;
  const lines = log
    .split('\n')
    .filter((line) => line.includes(mid))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toEqual([
    expect.objectContaining({ msg: 'push', held: [[mid, 'revoked']] }),
    expect.objectContaining({ msg: 'direct write', mid, status: 'rejected', code: 'notFound' }),
    expect.objectContaining({ msg: 'direct write', status: 'applied', heldMid: mid }),
  ]);
  expect(lines[2]!['mid']).not.toBe(mid);
});

test('what is sent back is told with the reason, and no record comes of it', async () => {
  const id = idOf('returned', gone.id);
  const entry = await handIn(gone, ticket(id));
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/return`, { reason: ' ' })).status).toBe(400);
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/return`, { reason: '这栋楼已经登记过' })).status).toBe(
    204,
  );
  expect(await readRecord(world.deps.db, `grid:${EAST.grid}`, 'ticket', id)).toBeUndefined();
  expect(await notices()).toEqual([
    expect.objectContaining({
      type: 'heldReturned',
      params: { reason: '这栋楼已经登记过', mid: `c${count}-grid:${EAST.grid}-1` },
    }),
  ]);
  const kept = await world.deps.db.selectFrom('held').selectAll().where('id', '=', entry.id).executeTakeFirst();
  expect(kept).toMatchObject({ resolution: 'returned', args: expect.stringContaining('楼道灯不亮') as string });
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/accept`)).status).toBe(404);
});

async function returnedList(asker: Browser, behind?: ReturnedEntry): Promise<ReturnedEntry[]> {
  const after = behind ? `?behind=${behind.id}&at=${behind.returnedAt}` : '';
  return (await (await asker.ask('GET', `/api/held/returned${after}`)).json()) as ReturnedEntry[];
}

test('[RC4] what was sent back though no phone has it any more is taken up again, decided anew, and told again', async () => {
  const id = idOf('reopened', gone.id);
  const entry = await handIn(gone, ticket(id));
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/reopen`)).status).toBe(404);
  await coordinator.ask('POST', `/api/held/${entry.id}/return`, { reason: '写错了' });
  const [kept] = (await returnedList(coordinator)).filter(({ memberName }) => memberName === gone.name);
  expect(kept).toEqual({ ...entry, returnedAt: world.deps.now() });
  const west = await world.signedIn(`west-again-${count}`, { coordinator: [WEST.id] });
  expect(await returnedList(west)).toEqual([]);
  expect((await west.ask('POST', `/api/held/${entry.id}/reopen`)).status).toBe(404);

  const logged = vi.spyOn(world.deps.logger, 'info');
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/reopen`)).status).toBe(204);
  const undone = {
    reopenedBy: expect.any(String) as string,
    returnedBy: expect.any(String) as string,
    returnedAt: world.deps.now(),
  };
  expect(logged).toHaveBeenCalledWith(expect.objectContaining(undone), 'held again');
  logged.mockRestore();
  expect((await returnedList(coordinator)).filter(({ memberName }) => memberName === gone.name)).toEqual([]);
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/reopen`)).status).toBe(404);
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/accept`)).status).toBe(200);
  const record = await readRecord(world.deps.db, `grid:${EAST.grid}`, 'ticket', id);
  expect(record?.data).toMatchObject({ text: '楼道灯不亮', loggedBy: gone.id });
  expect((await notices()).map(({ type }) => type).toSorted()).toEqual(['heldAccepted', 'heldReturned']);
});

test('what was sent back to a phone that has it still is not taken up behind its author', async () => {
  const entry = await handIn(gone, ticket(idOf('still there', gone.id)));
  await world.deps.db
    .updateTable('held')
    .set({ reason: 'noAccess', let_go_at: null })
    .where('id', '=', entry.id)
    .execute();
  await world.deps.db.updateTable('session').set({ revoked_at: null }).where('member_id', '=', gone.id).execute();
  await coordinator.ask('POST', `/api/held/${entry.id}/return`, { reason: '写错了' });
  expect((await returnedList(coordinator)).map((one) => one.id)).not.toContain(entry.id);
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/reopen`)).status).toBe(404);
});

test('what was sent back is listed the last first, behind what is known', async () => {
  const entries: HeldEntry[] = [];
  for (const n of [1, 2, 3]) {
    await handIn(gone, ticket(idOf(`row ${n}`, gone.id)));
    const list = (await (await coordinator.ask('GET', '/api/held')).json()) as HeldEntry[];
    const entry = list.find((one) => one.memberName === gone.name)!;
    entries.push(entry);
    world.deps.advance(1000);
    await coordinator.ask('POST', `/api/held/${entry.id}/return`, { reason: '写错了' });
  }
  const [first, second, third] = entries.map((one) => one.id);
  const all = await returnedList(coordinator);
  const ids = async (behind?: ReturnedEntry) => (await returnedList(coordinator, behind)).map((one) => one.id);
  expect((await ids()).slice(0, 3)).toEqual([third, second, first]);
  expect((await ids(all[0])).slice(0, 2)).toEqual([second, first]);
  await coordinator.ask('POST', `/api/held/${third}/reopen`);
  expect((await ids(all[0])).slice(0, 2)).toEqual([second, first]);
  expect((await coordinator.ask('GET', `/api/held/returned?behind=${third}&at=once`)).status).toBe(400);
});

test('what is no contact is shown whole already, and is not read with a reason', async () => {
  const entry = await handIn(gone, ticket(idOf('no contact', gone.id)));
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/reveal`, { reason: '核实情况' })).status).toBe(404);
});

test('of two who decide at once one decides', async () => {
  const entry = await handIn(gone, ticket(idOf('both', gone.id)));
  const [accepted, returned] = await Promise.all([
    coordinator.ask('POST', `/api/held/${entry.id}/accept`),
    coordinator.ask('POST', `/api/held/${entry.id}/return`, { reason: '重复了' }),
  ]);
  expect([accepted.status, returned.status].toSorted()).toEqual([expect.any(Number), 404]);
  expect(await notices()).toHaveLength(1);
});

test('a held contact is shown masked, and goes in whole', async () => {
  const id = idOf('contact', gone.id);
  const entry = await handIn(gone, contactDraft(id, EAST.grid, { name: '苏婆婆', phone: '13800001234', note: '耳背' }));
  expect(entry.args).toEqual({ id, name: '苏**', phone: '138****1234', pin: '', note: '****' });
  const amended = { id, phone: { from: '13800001234', to: '13800005678' }, note: { from: '', to: '听不清' } };
  const edit = await handIn(gone, { space: `contact:${EAST.grid}`, name: 'contact.amend', v: 1, args: amended });
  expect(edit.args).toEqual({
    id,
    phone: { from: '138****1234', to: '138****5678' },
    note: { from: '', to: '****' },
  });
  const look = { reason: '核实情况' };
  const west = await world.signedIn(`west-look-${count}`, { coordinator: [WEST.id] });
  expect((await west.ask('POST', `/api/held/${entry.id}/reveal`, look)).status).toBe(404);
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/reveal`, { reason: ' ' })).status).toBe(400);
  const shown = await coordinator.ask('POST', `/api/held/${entry.id}/reveal`, look);
  expect(await shown.json()).toMatchObject({ args: { name: '苏婆婆', phone: '13800001234', note: '耳背' } });
  const traces = await (await coordinator.ask('GET', `/api/reveals?ticket=${entry.id}`)).json();
  expect(traces).toEqual([expect.objectContaining({ byName: 'east-desk', reason: '核实情况' })]);
  const later = await coordinator.ask('GET', `/api/reveals?ticket=${idOf('its ticket', gone.id)}&contact=${id}`);
  expect(await later.json()).toEqual(traces);
  await coordinator.ask('POST', `/api/held/${entry.id}/accept`);
  const record = await readRecord(world.deps.db, `contact:${EAST.grid}`, 'contact', id);
  expect(record?.data).toMatchObject({ name: '苏婆婆', phone: '13800001234' });
});

test.each(['phone', 'name', 'note'] as const)(
  'a held decision over the %s of a contact is masked as it is',
  async (field) => {
    const contactId = idOf('clashed', gone.id);
    const at = (from: string, to: string): MutationDraft => ({
      space: `contact:${EAST.grid}`,
      name: 'contact.amend',
      v: 1,
      args: { id: contactId, [field]: { from, to } },
    });
    const [was, stands, mine, third] = ['0571-11112222', '0571-11113333', '0571-11114444', '0571-11115555'];
    const author = await world.member(`author-${count}`, { volunteer: [EAST.grid] });
    await world.apply(
      author,
      contactDraft(contactId, EAST.grid, { name: '甲', phone: '0571-11110000', note: '', [field]: was }),
    );
    await world.apply(author, at(was, stands));
    await world.apply(author, at(was, mine));
    const conflicts = await readRecords(world.deps.db, `grid:${EAST.grid}`, 'conflict');
    const id = conflicts.find(({ data }) => data.recordId === contactId)?.id;

    const decision = { id, choose: 'edited', text: third, seen: { value: '****', turn: 0 } };
    const entry = await handIn(gone, { space: `grid:${EAST.grid}`, name: 'conflict.resolve', v: 2, args: decision });
    expect(entry).toMatchObject({ isMasked: true, args: { ...decision, text: maskField(field, third) } });
    const shown = await coordinator.ask('POST', `/api/held/${entry.id}/reveal`, { reason: '核实情况' });
    expect(await shown.json()).toMatchObject({ args: decision });
    const traces = await coordinator.ask('GET', `/api/reveals?ticket=x&contact=${contactId}`);
    expect(await traces.json()).toEqual([expect.objectContaining({ byName: 'east-desk', reason: '核实情况' })]);
  },
);

test('a held decision over what is not known here is masked; over a matter it is plain, and so is one without words', async () => {
  const space = `grid:${EAST.grid}` as const;
  const decide = (id: string, words: object): Promise<HeldEntry> =>
    handIn(gone, { space, name: 'conflict.resolve', v: 2, args: { id, seen: null, ...words } });
  const written = { choose: 'edited', text: '13800001234' };
  const unknown = await decide(idOf('no conflict', gone.id), written);
  expect(unknown).toMatchObject({ isMasked: true, args: { ...written, text: '****' } });
  expect((await coordinator.ask('POST', `/api/held/${unknown.id}/reveal`, { reason: '核实情况' })).status).toBe(200);
  await coordinator.ask('POST', `/api/held/${unknown.id}/return`, { reason: '看过了' });

  const silent = await decide(idOf('no conflict', gone.id), { choose: 'mine' });
  expect(silent).toMatchObject({ isMasked: false, args: { choose: 'mine' } });
  await coordinator.ask('POST', `/api/held/${silent.id}/return`, { reason: '看过了' });

  const id = idOf('its matter', gone.id);
  const author = await world.member(`writer-${count}`, { volunteer: [EAST.grid] });
  await world.apply(author, ticket(id));
  for (const to of ['一楼灯不亮', '二楼灯不亮']) {
    await world.apply(author, ticketStep(EAST.grid, 'amend', { id, text: { from: '楼道灯不亮', to } }));
  }
  const conflicts = await readRecords(world.deps.db, space, 'conflict');
  const clash = conflicts.find(({ data }) => data.recordId === id)?.id ?? '';
  const plain = await decide(clash, { choose: 'edited', text: '两层都不亮' });
  expect(plain).toMatchObject({ isMasked: false, args: { text: '两层都不亮' } });
  expect((await coordinator.ask('POST', `/api/held/${plain.id}/reveal`, { reason: '核实情况' })).status).toBe(404);
});

test("a coordinator of elsewhere neither sees nor decides another's held records, nor does the admin", async () => {
  const entry = await handIn(gone, ticket(idOf('elsewhere', gone.id)));
  const west = await world.signedIn(`west-${count}`, { coordinator: [WEST.id] });
  for (const browser of [west, world.admin]) {
    expect(JSON.stringify(await (await browser.ask('GET', '/api/held')).json())).not.toContain(entry.id);
    for (const id of [entry.id, 'no-such-id']) {
      expect((await browser.ask('POST', `/api/held/${id}/accept`)).status).toBe(404);
      expect((await browser.ask('POST', `/api/held/${id}/return`, { reason: '不行' })).status).toBe(404);
    }
  }
  const claimer = await world.signedIn(`claimer-${count}`, { claimer: true });
  expect((await claimer.ask('GET', '/api/held')).status).toBe(403);
});

test('what belongs to no community waits for the admin', async () => {
  const { phone } = gone;
  await phone.push('office', phone.mutation('office', 'office.edit', { name: { from: '望江街道', to: '别的' } }));
  const list = (await (await world.admin.ask('GET', '/api/held')).json()) as HeldEntry[];
  expect(list).toEqual([expect.objectContaining({ space: 'office', communityId: null, memberName: gone.name })]);
});

test('an unknown mutation is shown, and an attempt to accept it changes nothing', async () => {
  const entry = await handIn(gone, { space: `grid:${EAST.grid}`, name: 'ticket.fromTheFuture', v: 9, args: { x: 1 } });
  const answer = await coordinator.ask('POST', `/api/held/${entry.id}/accept`);
  expect(await answer.json()).toMatchObject({ status: 'rejected', code: 'fault' });
  expect((await coordinator.ask('POST', `/api/held/${entry.id}/return`, { reason: '版本太新' })).status).toBe(204);
});

test.each([
  ['a text', '王小明 13805712345'],
  ['a list', ['王小明', { phone: '13805712345' }]],
  ['nothing that is known', { id: 'x', who: { name: '王小明', phones: ['13805712345'] } }],
])('a held contact whose args are %s shows nothing of the person', async (_, args) => {
  const entry = await handIn(gone, { space: `contact:${EAST.grid}`, name: 'contact.put', v: 1, args });
  expect(JSON.stringify(entry.args)).not.toMatch(/小明|0571/);
});

test('whatever would be written among the contacts is hidden, also under a name that is not known here', async () => {
  const args = { id: idOf('unknown', gone.id), words: '王小明 13805712345' };
  const entry = await handIn(gone, { space: `contact:${EAST.grid}`, name: 'contact.later', v: 1, args });
  expect(JSON.stringify(entry.args)).not.toMatch(/小明|0571/);
});

test('what is held on demand says that its author had no access any more', async () => {
  const name = `moved-${count}`;
  const browser = await world.signedIn(name, { volunteer: [EAST.grid] });
  const id = await browser.memberId();
  const send = async (request: object) =>
    (await (await browser.ask('POST', '/api/sync', request)).json()) as SyncResponse;
  const phone = new SyncPhone(id, send, { client: `m${count}`, clock: world.deps.now() });
  const space = `grid:${EAST.grid}`;
  const ask = () => {
    const { args } = ticketStep(EAST.grid, 'withdraw', { id: idOf('asked', name), reason: '已经修好' });
    return phone.push(space, phone.mutation(space, 'ticket.withdraw', args, { quarantine: true }));
  };
  expect((await ask()).pushed[0]?.receipts[0]).toMatchObject({ status: 'quarantined', code: 'asked' });
  const roles = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
  await world.deps.db
    .updateTable('member')
    .set({ roles: JSON.stringify(roles) })
    .where('id', '=', id)
    .execute();
  expect((await ask()).pushed[0]?.receipts[0]).toMatchObject({ status: 'quarantined', code: 'noAccess' });
  const list = (await (await coordinator.ask('GET', '/api/held')).json()) as HeldEntry[];
  expect(list.filter(({ memberName }) => memberName === name).map(({ reason }) => reason)).toEqual([
    'asked',
    'noAccess',
  ]);
});

test('what was sent back while another process was about to accept it is not run', async () => {
  const id = idOf('both', gone.id);
  const { id: heldId } = await handIn(gone, ticket(id));
  const decider = await actorOf(world.deps.db, await coordinator.memberId());
  const held = await readHeldOne(world.deps.db, decider, heldId);
  if (!held) throw new Error('not held');
  await returnHeld(world.deps, decider, held, '请重新填写');

  await expect(acceptHeld(world.deps, decider, held)).rejects.toMatchObject({ code: 'not_found' });
  expect(await readRecord(world.deps.db, `grid:${EAST.grid}`, 'ticket', id)).toBeUndefined();
  expect(await notices()).toMatchObject([{ type: 'heldReturned' }]);
});

test('[RC4] a decision that was read before it was sent back and taken up again is of another round, and is not run', async () => {
  const { deps } = world;
  const id = idOf('rounds', gone.id);
  const { id: heldId } = await handIn(gone, ticket(id));
  const decider = await actorOf(deps.db, await coordinator.memberId());
  const first = await readHeldOne(deps.db, decider, heldId);
  if (!first) throw new Error('not held');
  await returnHeld(deps, decider, first, '请重新填写');
  expect((await coordinator.ask('POST', `/api/held/${heldId}/reopen`)).status).toBe(204);

  await expect(acceptHeld(deps, decider, first)).rejects.toMatchObject({ code: 'not_found' });
  expect(await readRecord(deps.db, `grid:${EAST.grid}`, 'ticket', id)).toBeUndefined();
  expect((await readHeldOne(deps.db, decider, heldId))?.resolved_at).toBeNull();
});

test('[RC4] a decision that is told late bears the time at which it was made', async () => {
  const { deps } = world;
  const { id: heldId } = await handIn(gone, ticket(idOf('late', gone.id)));
  const decider = await actorOf(deps.db, await coordinator.memberId());
  const held = await readHeldOne(deps.db, decider, heldId);
  if (!held) throw new Error('not held');
  const decidedAt = deps.now();
  const tell = (one: Held, word: Word) =>
    inLockedSpaces(deps, `member:${gone.id}`, deps.now(), async (desk) => {
      await tellAuthor(desk, deps.rules, one, word);
      return { result: undefined, alsoBump: new Set() };
    });
  await tell({ ...held, reopened: 1 }, { type: 'heldAccepted', params: {}, at: decidedAt + 1 });
  deps.advance(60_000);
  await tell(held, { type: 'heldReturned', params: { reason: '请重新填写' }, at: decidedAt });
  const told = (await notices()).toSorted((a, b) => a.at - b.at);
  expect(told.map(({ type, at }) => [type, at])).toEqual([
    ['heldReturned', decidedAt],
    ['heldAccepted', decidedAt + 1],
  ]);
});

test.each([
  ['return', 'heldReturned'],
  ['accept', 'heldAccepted'],
])('[RC4] where its author cannot be told, %s decides nothing, and can be done again', async (decision, type) => {
  const id = idOf('told', gone.id);
  const entry = await handIn(gone, ticket(id));
  const decide = () => coordinator.ask('POST', `/api/held/${entry.id}/${decision}`, { reason: '请重新填写' });
  const told = derivedId('notice', 'held', entry.id);
  const mend = await refuseInserts(world.deps, 'record', { id: told, sqlstate: 'XX000' });
  expect((await decide()).status).toBeGreaterThanOrEqual(500);
  await mend();
  expect(await readRecord(world.deps.db, `grid:${EAST.grid}`, 'ticket', id)).toBeUndefined();
  expect((await decide()).status).toBeLessThan(300);
  expect(await notices()).toMatchObject([{ type }]);
});

test('what nests without end is not taken in: it would be held, and the list that shows it could not be written', async () => {
  const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  let status = 0;
  const phone = new SyncPhone(
    gone.id,
    async (request) => {
      const { cookie } = gone.browser;
      const body = JSON.stringify(request).replace('"nested"', nested);
      const headers = { 'content-type': 'application/json', cookie };
      const answer = await world.app.request('/api/sync', { method: 'POST', headers, body });
      status = answer.status;
      return (await answer.json()) as SyncResponse;
    },
    { client: 'nests', clock: world.deps.now() },
  );
  const space = `grid:${EAST.grid}`;
  await phone.push(space, phone.mutation(space, 'ticket.log', 'nested'));

  expect(status).toBe(400);
  expect((await coordinator.ask('GET', '/api/held')).status).toBe(200);
});

test('of very many the oldest are told, past those of others, and the next when one is decided', async () => {
  const { deps } = world;
  await deps.db.deleteFrom('held').execute();
  const [eastern, western] = [`grid:${EAST.grid}`, `grid:${WEST.grid}`];
  const held = (n: number, space: string) => ({
    id: `many-${String(n).padStart(4, '0')}`,
    client: 'c',
    member_id: gone.id,
    member_name: gone.name,
    space,
    mid: `many-${n}`,
    mutation: 'ticket.withdraw',
    version: 1,
    args: '{}',
    reason: 'revoked',
    at: n,
    device_at: n,
    received_at: Math.floor(n / 7),
    resolved_at: null,
    resolved_by: null,
    resolution: null,
  });
  const rows = Array.from({ length: 700 }, (_, n) => held(n, n % 5 === 0 ? eastern : western));
  for (let n = 0; n < rows.length; n += 50)
    await deps.db
      .insertInto('held')
      .values(rows.slice(n, n + 50))
      .execute();
  const ids = async () =>
    ((await (await coordinator.ask('GET', '/api/held')).json()) as HeldEntry[]).map(({ id }) => id);
  const oldest = rows.filter(({ space }) => space === eastern).map(({ id }) => id);
  expect(await ids()).toEqual(oldest.slice(0, HELD_SHOWN));
  await coordinator.ask('POST', `/api/held/${oldest[0]}/return`, { reason: '已经办好' });
  expect(await ids()).toEqual(oldest.slice(1, HELD_SHOWN + 1));
});
