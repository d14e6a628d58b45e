import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { readRecords } from '../../src/server/sync/read-record.ts';
import type { RescueBody } from '../../src/protocol/rescue-file.ts';
import { collectRescue, lookOver, readRescue, RescueRefused, rescueText } from '../../src/sync/rescue.ts';
import { openAppPhone, type AppPhone } from '../support/app-phone.ts';
import { EAST, officeWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft, ticketStep } from '../support/factories.ts';
import { bytesOf } from '../support/photo-bytes.ts';

let world: Awaited<ReturnType<typeof officeWorld>>;
let count = 0;
beforeAll(async () => {
  world = await officeWorld();
}, 60_000);
afterAll(() => world.deps.close());

interface Member {
  id: string;
  name: string;
  browser: Browser;
}
async function newMember(): Promise<Member> {
  const name = `志愿者${++count}`;
  const browser = await world.signedIn(name, { volunteer: [EAST.grid] });
  const id = await browser.memberId();
  return { id, name, browser };
}
/** A phone that has synced, and is now without a network. */
async function newPhone({ browser }: Member): Promise<AppPhone> {
  const phone = await openAppPhone(world, browser);
  await phone.sync();
  phone.online = false;
  return phone;
}
const ticketId = (member: Member, n: number): string => idOf('rescue', member.id, String(n));
const write = (phone: AppPhone, member: Member, n: number) =>
  phone.engine.save([
    ticketDraft(placeInGrid(EAST.id, EAST.grid), {
      id: ticketId(member, n),
      kind: 'issue',
      item: 'LD01',
      text: `第 ${n} 件`,
    }),
  ]);
/** Applied once alone: a second time it is refused. */
const withdraw = (phone: AppPhone, member: Member, n: number) =>
  phone.engine.save([ticketStep(EAST.grid, 'withdraw', { id: ticketId(member, n), reason: '已经修好' })]);

async function exported({ engine }: AppPhone, { id, name }: Member): Promise<string> {
  const body: RescueBody = {
    exportedAt: world.deps.now(),
    build: 'test',
    member: { id, name },
    ...(await collectRescue(engine)),
  };
  return rescueText(body);
}
const takeIn = (phone: AppPhone, member: Member, text: string) => phone.engine.recover(readRescue(text, member.id));
const goOnline = async (phone: AppPhone): Promise<void> => {
  phone.online = true;
  await phone.sync();
  await phone.sync();
};
const ticketsOf = async (member: Member) =>
  (await readRecords(world.deps.db, `grid:${EAST.grid}`, 'ticket')).filter(({ data }) => data.loggedBy === member.id);

test('[RF1] what a lost phone wrote is brought by another one, and the first may still come', async () => {
  const member = await newMember();
  const [old, fresh] = [await newPhone(member), await newPhone(member)];
  await write(old, member, 1);
  await write(old, member, 2);
  const text = await exported(old, member);

  await takeIn(fresh, member, text);
  expect(fresh.engine.waiting().map(({ row }) => row.mid)).toEqual(old.engine.waiting().map(({ row }) => row.mid));
  await goOnline(fresh);
  expect((await ticketsOf(member)).map(({ data }) => data.text).toSorted()).toEqual(['第 1 件', '第 2 件']);

  await goOnline(old);
  expect(await ticketsOf(member)).toHaveLength(2);
  for (const phone of [old, fresh]) {
    expect(phone.engine.waiting().map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    expect(phone.engine.status()).toMatchObject({ waiting: 0, attention: 0 });
  }
});

test('[RF2] before it is taken in, it is told what is new', async () => {
  const member = await newMember();
  const phone = await newPhone(member);
  for (const n of [1, 2]) await write(phone, member, n);
  const text = await exported(phone, member);
  const body = readRescue(text, member.id);
  expect(lookOver(body, phone.engine.waiting())).toEqual({ records: 2, delivered: 0, here: 2, bytes: 0 });
  await goOnline(phone);
  expect(lookOver(body, phone.engine.waiting())).toEqual({ records: 2, delivered: 2, here: 0, bytes: 0 });
  expect(lookOver(body, [])).toEqual({ records: 2, delivered: 0, here: 0, bytes: 0 });
});

test('[RF1] the words of a record that was refused travel with it, and stay to be dealt with', async () => {
  const member = await newMember();
  const [phone, other] = [await newPhone(member), await newPhone(member)];
  await write(phone, member, 1);
  await goOnline(phone);
  await goOnline(other);
  for (const one of [phone, other]) one.online = false;
  for (const one of [phone, other]) await withdraw(one, member, 1);
  await goOnline(phone);
  await goOnline(other);
  expect(other.engine.waiting()[0]).toMatchObject({ state: 'attention', receipt: { status: 'rejected' } });

  const text = await exported(other, member);
  expect(readRescue(text, member.id).records[0]).toMatchObject({ state: 'attention', word: { status: 'rejected' } });
  const third = await newPhone(member);
  await takeIn(third, member, text);
  await goOnline(third);
  expect(third.engine.waiting()[0]).toMatchObject({ state: 'attention', receipt: { status: 'rejected' } });
  expect((await ticketsOf(member)).map(({ data }) => data.timeline.length)).toEqual([2]);
});

test('[RF1] photos that have not gone come along, byte for byte', async () => {
  const member = await newMember();
  const [phone, other] = [await newPhone(member), await newPhone(member)];
  const photo = bytesOf('rescue', 700);
  const [draft] = [
    ticketDraft(placeInGrid(EAST.id, EAST.grid), {
      id: ticketId(member, 1),
      kind: 'issue',
      item: 'LD01',
      text: '有照片',
    }),
  ];
  const bytes = new Uint8Array(photo.bytes).buffer;
  await phone.engine.save([{ ...draft, media: [{ sha: photo.sha, type: 'image/jpeg', bytes }] }]);
  const text = await exported(phone, member);

  await takeIn(other, member, text);

  const [waiting] = other.engine.media.list();
  expect(waiting?.row).toMatchObject({ sha: photo.sha, mids: [phone.engine.waiting()[0]?.row.mid] });
  expect([...new Uint8Array((await other.engine.media.bytes(photo.sha)) ?? new ArrayBuffer(0))]).toEqual([
    ...photo.bytes,
  ]);
});

test('[RF3] a file that is not ours, cut off, changed, newer or of another member changes nothing', async () => {
  const [member, other] = [await newMember(), await newMember()];
  const phone = await newPhone(member);
  await write(phone, member, 1);
  const text = await exported(phone, member);
  const fault = (content: string, id = member.id): string => {
    try {
      readRescue(content, id);
    } catch (error) {
      if (error instanceof RescueRefused) return error.fault;
      throw error;
    }
    return 'taken';
  };
  expect(fault(text)).toBe('taken');
  expect(fault('{"photos":[]}')).toBe('notOurs');
  expect(fault('')).toBe('notOurs');
  expect(fault(text.replace('第 1 件', '第 9 件'))).toBe('damaged');
  expect(fault(text.replace(/"version": \d+/, '"version": 99'))).toBe('newer');
  expect(fault(text, other.id)).toBe('otherMember');
  const photo = { sha: '0'.repeat(64), type: 'image/jpeg', mids: [idOf('mid')], at: 1 };
  const { body } = JSON.parse(text) as { body: RescueBody };
  // The last sign carries bits of no byte: whole by its sum, and still no base64.
  expect(fault(rescueText({ ...body, media: [{ ...photo, base64: 'QR==' }] }))).toBe('damaged');
  expect(fault(rescueText({ ...body, media: [{ ...photo, base64: 'QQ==' }] }))).toBe('taken');
  for (let end = 60; end < text.length - 1; end += 37) expect(fault(text.slice(0, end))).toBe('damaged');
});

test('[RF2] exports, imports and passes in any order, anywhere and twice: each record takes effect once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          act: fc.constantFrom('write', 'export', 'import', 'import', 'sync', 'wipe'),
          phone: fc.nat({ max: 2 }),
          file: fc.nat({ max: 5 }),
        }),
        { maxLength: 24 },
      ),
      async (steps) => {
        const member = await newMember();
        const phones = [await newPhone(member), await newPhone(member), await newPhone(member)];
        const files: string[] = [];
        let written = 0;
        for (const { act, phone: at, file } of steps) {
          const phone = phones[at] as AppPhone;
          const text = files[file % Math.max(1, files.length)];
          if (act === 'write') {
            await write(phone, member, ++written);
            await withdraw(phone, member, written);
          } else if (act === 'export') files.push(await exported(phone, member));
          else if (act === 'import' && text !== undefined) await takeIn(phone, member, text);
          else if (act === 'sync') {
            await goOnline(phone);
            phone.online = false;
          } else if (act === 'wipe') {
            // What only this phone has is in a file first: a wipe without one is a loss that no file can mend.
            files.push(await exported(phone, member));
            phones[at] = await newPhone(member);
          }
        }
        const last = phones[0] as AppPhone;
        for (const text of [...files, ...files]) await takeIn(last, member, text);
        for (const phone of phones) await goOnline(phone);

        const tickets = await ticketsOf(member);
        expect(tickets).toHaveLength(written);
        expect(tickets.every(({ data }) => data.timeline.length === 2)).toBe(true);
        for (const { engine } of phones) expect(engine.status()).toMatchObject({ waiting: 0, attention: 0 });
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
