import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactEdits } from '../../src/domain/contact/contact-edits.ts';
import { contactSpace, gridSpace } from '../../src/domain/space/space.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { EAST, officeWorld } from '../support/account-world.ts';
import { openAppPhone, type AppPhone } from '../support/app-phone.ts';
import { idOf } from '../support/factories.ts';

const CONTACT = idOf('contact', 'corrected');
const FIRST = { name: '潘阿姨', phone: '19900001234', pin: '', note: '' };
let world: Awaited<ReturnType<typeof officeWorld>>;
let [one, two, desk]: AppPhone[] = [];

beforeAll(async () => {
  world = await officeWorld();
  const open = async (name: string, roles: object): Promise<AppPhone> => {
    const phone = await openAppPhone(world, await world.signedIn(name, roles));
    await phone.sync();
    return phone;
  };
  one = await open('one', { volunteer: [EAST.grid] });
  two = await open('two', { volunteer: [EAST.grid] });
  desk = await open('desk', { coordinator: [EAST.id] });
}, 60_000);
afterAll(async () => {
  for (const phone of [one, two, desk]) await phone?.engine.stop();
  await world.deps.close();
});

const written = async () => (await readRecord(world.deps.db, contactSpace(EAST.grid), 'contact', CONTACT))?.data;
const save = (phone: AppPhone | undefined, name: string, args: object) =>
  phone?.engine.save([{ space: contactSpace(EAST.grid), name, v: 1, args: { id: CONTACT, ...args } }]);
/** All that this phone holds of what the server sent. */
const held = (phone: AppPhone | undefined): string =>
  JSON.stringify([...(phone?.cache.rows.values() ?? [])].flatMap((rows) => [...rows.values()]));
const correct = (phone: AppPhone | undefined, change: Partial<typeof FIRST>) =>
  save(phone, 'contact.amend', contactEdits(FIRST, { ...FIRST, ...change }) ?? {});

test('two phones that correct one telephone lose neither: the grid decides over masked copies, the server keeps both', async () => {
  await save(one, 'contact.put', FIRST);
  await one?.sync();
  await correct(one, { phone: '19900001243' });
  await correct(two, { phone: '19900001299', name: '潘玉兰' });
  await one?.sync();
  await two?.sync();
  await desk?.sync();
  expect(await written()).toEqual({ ...FIRST, phone: '19900001243', name: '潘玉兰' });
  expect(two?.engine.waiting().map(({ receipt }) => receipt?.status)).toEqual(['applied']);

  const seen = desk?.engine.view.list({ space: gridSpace(EAST.grid), kind: 'conflict', index: 'byOpen', key: 'open' });
  expect(seen).toMatchObject([{ data: { authorName: 'two', mine: '199****1299', theirs: '199****1243' } }]);
  for (const phone of [one, two, desk]) expect(held(phone)).not.toMatch(/1990000\d{4}/);
  expect(held(desk)).toContain('199****1299');

  const id = seen?.[0]?.id ?? '';
  await desk?.engine.save([
    { space: gridSpace(EAST.grid), name: 'conflict.resolve', v: 1, args: { id, choose: 'mine' } },
  ]);
  await desk?.sync();
  expect(await written()).toMatchObject({ phone: '19900001299', name: '潘玉兰' });
});

test('another contact under the same id is refused with a code, and the row stays on its phone', async () => {
  const before = await written();
  await save(two, 'contact.put', { ...FIRST, name: '别人' });
  await two?.sync();
  expect(await written()).toEqual(before);
  expect(two?.engine.waiting().find(({ state }) => state === 'attention')).toMatchObject({
    row: { name: 'contact.put' },
    receipt: { code: 'exists' },
  });
});
