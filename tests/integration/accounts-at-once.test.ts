import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { readMember } from '../../src/server/auth/member-repository.ts';
import { REVEALS_A_DAY } from '../../src/server/desk/reveal-contact.ts';
import { UNREFERENCED_COUNT } from '../../src/server/photos/receive-photo.ts';
import { checkDigits, MAX_WRONG_DIGITS } from '../../src/server/resident/proof.ts';
import { EAST, officeWorld, WEST, type Browser } from '../support/account-world.ts';
import { codeOf, contactDraft, idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { bytesOf } from '../support/photo-bytes.ts';
import { photoPhone } from '../support/photo-phone.ts';

const contactId = idOf('contact');
const ticketId = idOf('ticket');

let world: Awaited<ReturnType<typeof officeWorld>>;
beforeAll(async () => {
  world = await officeWorld();
  const author = await world.member('author', { volunteer: [EAST.grid] });
  await world.apply(author, contactDraft(contactId, EAST.grid, { name: '苏婆婆', phone: '13800001234', note: '' }));
  const words = { id: ticketId, kind: 'issue', item: 'LD01', text: '灯不亮', contactId } as const;
  await world.apply(author, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
}, 60_000);
afterAll(() => world.deps.close());

const atOnce = <T>(count: number, ask: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, ask));

test('of digits guessed at once no more are tried than one after another', async () => {
  const slip = { slipId: 's', gridId: EAST.grid, contactId, proof: 'phone' } as const;
  const wrong = await atOnce(12, () => checkDigits(world.deps, slip, '0000'));
  const right = await checkDigits(world.deps, slip, '1234');

  const left = wrong.flatMap((proof) => ('left' in proof ? [proof.left] : []));
  expect(left.sort()).toEqual(Array.from({ length: MAX_WRONG_DIGITS - 1 }, (_, n) => n + 1));
  expect(right).toMatchObject({ right: false, lockedForMs: expect.any(Number) as number });
});

test('of contacts read at once no more are shown than a day allows', async () => {
  const coordinator = await world.signedIn('east-desk', { coordinator: [EAST.id] });
  const asked = { gridId: EAST.grid, contactId, ticketId, reason: '约上门修灯' };
  const answers = await atOnce(REVEALS_A_DAY + 8, () => coordinator.ask('POST', '/api/reveal', asked));

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(REVEALS_A_DAY);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(8);
});

test('of two admins who close each other at once one stays: nobody else could open the door again', async () => {
  const first = await world.signedIn('first', { admin: true });
  const second = await world.signedIn('second', { admin: true });
  const [firstId, secondId] = [await first.memberId(), await second.memberId()];
  const close = (admin: Browser, id: string) => admin.ask('PATCH', `/api/members/${id}`, { active: false });
  const answers = await Promise.all([close(first, secondId), close(second, firstId)]);

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const left = await Promise.all([firstId, secondId].map((id) => readMember(world.deps.db, id)));
  expect(left.filter((member) => member?.active)).toHaveLength(1);
});

test('a role that is taken while somebody changes others stays taken', async () => {
  const desk = await world.signedIn('desk-of-east', { coordinator: [EAST.id] });
  const id = await world.member('moves', { volunteer: [EAST.grid, WEST.grid] });
  const change = (by: Browser, volunteer: string[]) =>
    by.ask('PATCH', `/api/members/${id}`, { roles: { ...NO_ROLES, volunteer } });
  const [taken, changed] = await Promise.all([
    change(world.admin, [EAST.grid]),
    change(desk, [EAST.grid, EAST.grid2, WEST.grid]),
  ]);

  expect(taken.status).toBe(200);
  // Where it was first, it stood for a moment.
  expect([200, 403]).toContain(changed.status);
  expect((await readMember(world.deps.db, id))?.roles.volunteer).toEqual([EAST.grid]);
});

test('of what one member begins to bring at once no more is taken than the limit has room for', async () => {
  const volunteer = await world.signedIn('brings', { volunteer: [EAST.grid] });
  const phone = photoPhone((path, init) => world.app.request(path, init), volunteer.cookie);
  const [member_id, now] = [await volunteer.memberId(), world.deps.now()];
  const rows = Array.from({ length: UNREFERENCED_COUNT - 2 }, (_, n) => ({ sha: idOf('old', String(n)), size: 1 }));
  const common = { type: 'image/jpeg', member_id, brought_at: now };
  for (const row of rows) {
    await world.deps.db
      .insertInto('photo_bringer')
      .values({ ...row, ...common })
      .execute();
  }
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => phone.patch(bytesOf(`new ${n}`))));

  expect(answers.filter(({ status }) => status === 204)).toHaveLength(2);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
});

test('of codes guessed at once no more are tried than one after another', async () => {
  const answers = await atOnce(40, () => world.browser().ask('GET', `/r/${codeOf('guess')}`));

  expect(answers.filter(({ status }) => status === 404)).toHaveLength(30);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
});
