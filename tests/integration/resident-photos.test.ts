import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import { gridSpace } from '../../src/domain/space/space.ts';
import { residentWords as words } from '../../src/server/resident/resident-words.ts';
import { createRateLimiter } from '../../src/server/http/rate-limiter.ts';
import { EAST, officeWorld, type AccountWorld, type Browser } from '../support/account-world.ts';
import { codeOf, contactDraft, idOf, placeInGrid, slipDraft, ticketDraft } from '../support/factories.ts';
import { bytesOf, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';

const [marked, unmarked, small, sound, ofOther, ofSensitive] = [
  bytesOf('marked', 9000),
  bytesOf('unmarked'),
  bytesOf('small', 900, 'image/webp'),
  bytesOf('sound', 4000, 'audio/webm'),
  bytesOf('of other'),
  bytesOf('of sensitive'),
] as const;

let world: AccountWorld;
let volunteer: Browser;
let volunteerId: string;
let deskId: string;

/** A ticket with a slip of its own, logged at a door. */
async function slipFor(name: string, item: string, kind: 'issue' | 'wish', sensitive: boolean | null): Promise<string> {
  const [ticket, slip, contact] = ['ticket', 'slip', 'contact'].map((what) => idOf('shown', name, what)) as [
    string,
    string,
    string,
  ];
  await world.apply(volunteerId, contactDraft(contact, EAST.grid, { name: '俞奶奶', phone: '19900001234' }));
  const place = placeInGrid(EAST.id, EAST.grid);
  const draft = ticketDraft(place, { id: ticket, kind, item, text: '楼道灯不亮', slipId: slip, contactId: contact });
  const args = draft.args as { consent: object };
  await world.apply(volunteerId, { ...draft, args: { ...args, consent: { ...args.consent, sensitive } } });
  const issued = { id: slip, code: codeOf(name), visitId: null, ticketIds: [ticket], contactId: contact };
  await world.apply(volunteerId, slipDraft(EAST.grid, { ...issued, proof: 'phone' }));
  return ticket;
}

const show = (id: string, { sha }: Bytes, on = true): MutationDraft => ({
  space: gridSpace(EAST.grid),
  name: 'ticket.showMedia',
  v: 1,
  args: { id, sha, show: on },
});

const see = (slip: string, { sha }: Bytes) => world.app.request(`/r/${codeOf(slip)}/photos/${sha}`);
const page = async (slip: string) => (await world.app.request(`/r/${codeOf(slip)}`)).text();

beforeEach(async () => {
  world = await officeWorld();
  volunteer = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  volunteerId = await volunteer.memberId();
  deskId = await (await world.signedIn('姚敏', { coordinator: [EAST.id] })).memberId();
  const phone = photoPhone((path, init) => world.app.request(path, init), volunteer.cookie);
  for (const one of [marked, unmarked, small, sound, ofOther, ofSensitive]) await phone.patch(one);
  const ticket = await slipFor('mine', 'LD01', 'issue', null);
  const media = [mediaOfBytes(marked, 'after', small), mediaOfBytes(unmarked), mediaOfBytes(sound)];
  await world.apply(volunteerId, addMediaDraft(EAST.grid, ticket, ...media));
  await world.apply(deskId, show(ticket, marked));
  await world.apply(deskId, show(ticket, sound));
  const other = await slipFor('other', 'LD01', 'issue', null);
  await world.apply(volunteerId, addMediaDraft(EAST.grid, other, mediaOfBytes(ofOther)));
  await world.apply(deskId, show(other, ofOther));
}, 60_000);
afterEach(() => world.deps.close());

test('the slip’s page shows what is marked, small and whole, through addresses of this slip alone', async () => {
  const text = await page('mine');
  expect(text).toContain(`<img\n            src="/r/${codeOf('mine')}/photos/${small.sha}"`);
  expect(text).toContain(`href="/r/${codeOf('mine')}/photos/${marked.sha}"`);
  expect(text).toContain(`<audio controls preload="none" src="/r/${codeOf('mine')}/photos/${sound.sha}"`);
  expect(text).toContain(words.photos.stage.after);
  for (const hidden of [unmarked, ofOther]) expect(text).not.toContain(hidden.sha);
  for (const one of [marked, small, sound]) {
    const answer = await see('mine', one);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(one.bytes)).toBe(true);
    expect(answer.headers.get('content-type')).toBe(one.type);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  }
});

test('what is unmarked, of another slip, or behind a code that is not here, is not found', async () => {
  for (const one of [unmarked, ofOther, bytesOf('never')]) expect((await see('mine', one)).status).toBe(404);
  expect((await see('other', ofOther)).status).toBe(200);
  expect((await see('other', marked)).status).toBe(404);
  expect((await see('nobody', marked)).status).toBe(404);
  expect((await world.app.request(`/r/nonsense/photos/${marked.sha}`)).status).toBe(404);
  // The members' address asks for a session, whatever the slip says.
  expect((await world.app.request(`/api/photos/${marked.sha}`)).status).toBe(401);
});

test('what a coordinator hides again, or takes away, is not found any more', async () => {
  const ticket = idOf('shown', 'mine', 'ticket');
  await world.apply(deskId, show(ticket, marked, false));
  expect((await see('mine', marked)).status).toBe(404);
  expect((await see('mine', small)).status).toBe(404);
  expect(await page('mine')).not.toContain(marked.sha);
  const remove = {
    space: gridSpace(EAST.grid),
    name: 'ticket.removeMedia',
    v: 1,
    args: { id: ticket, sha: sound.sha },
  };
  await world.apply(deskId, remove);
  expect((await see('mine', sound)).status).toBe(404);
});

test('a sensitive matter’s photo is not found until a coordinator marks it, and then by its own slip alone', async () => {
  const ticket = await slipFor('sensitive', 'YL01', 'wish', true);
  await world.apply(volunteerId, addMediaDraft(EAST.grid, ticket, mediaOfBytes(ofSensitive)));
  expect((await see('sensitive', ofSensitive)).status).toBe(404);
  await world.apply(deskId, show(ticket, ofSensitive));
  expect((await see('sensitive', ofSensitive)).status).toBe(200);
  expect((await see('mine', ofSensitive)).status).toBe(404);
});

test('a photo that is still on a phone is not shown as a broken picture', async () => {
  const late = bytesOf('late');
  const ticket = idOf('shown', 'mine', 'ticket');
  await world.apply(volunteerId, addMediaDraft(EAST.grid, ticket, mediaOfBytes(late)));
  await world.apply(deskId, show(ticket, late));
  expect(await page('mine')).not.toContain(late.sha);
  expect((await see('mine', late)).status).toBe(404);
});

test('asking without end has to wait', async () => {
  world.deps.limiter = createRateLimiter(world.deps.now);
  const statuses: number[] = [];
  for (let n = 0; n < 121; n++) statuses.push((await see('mine', small)).status);
  expect(statuses.slice(0, 120).every((status) => status === 200)).toBe(true);
  expect(statuses.at(-1)).toBe(429);
  world.deps.advance(1000);
  expect((await see('mine', small)).status).toBe(200);
});
