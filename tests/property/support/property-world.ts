import { Writable } from 'node:stream';
import { pino } from 'pino';
import { NO_ROLES } from '../../../src/domain/actor/actor.ts';
import { contactSpace, gridSpace } from '../../../src/domain/space/space.ts';
import { EAST, officeWorld, WEST, type AccountWorld, type Browser } from '../../support/account-world.ts';
import { codeOf, contactDraft, idOf, placeInGrid, slipDraft, ticketDraft } from '../../support/factories.ts';
import { bytesOf, type Bytes } from '../../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../../support/photo-phone.ts';

export const METRICS_TOKEN = 'a-token-for-figures';

export const PHONE = '13800001234';
export const CODE = codeOf('property');

/** Who asks. `closed` had an account, `west` works in another community. */
export type Caller = 'nobody' | 'admin' | 'desk' | 'volunteer' | 'claimer' | 'west' | 'closed';

export interface PropertyWorld extends AccountWorld {
  callers: Record<Caller, Browser>;
  ids: Record<
    | 'volunteer'
    | 'desk'
    | 'deskPhone'
    | 'held'
    | 'invitation'
    | 'ticket'
    | 'contact'
    | 'slip'
    | 'inHand'
    | 'lost'
    | 'cleared'
    | 'returned'
    | 'heldContact',
    string
  >;
  invitationToken: string;
  /** On the ticket and marked for its resident. */
  photo: Bytes;
  /** Everything that was logged so far. */
  logged(): string;
}

/** An office at work: people of every role, a ticket with a slip and a contact, a held record, an open invitation. */
export async function propertyWorld(): Promise<PropertyWorld> {
  const lines: string[] = [];
  const logger = pino(
    { base: null },
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    }),
  );
  const world = await officeWorld({ logger, config: { metricsToken: METRICS_TOKEN } });
  const callers: PropertyWorld['callers'] = {
    nobody: world.browser(),
    admin: world.admin,
    desk: await world.signedIn('姚敏', { coordinator: [EAST.id] }),
    volunteer: await world.signedIn('范晓', { volunteer: [EAST.grid] }),
    claimer: await world.signedIn('彭博', { claimer: true }),
    west: await world.signedIn('毛宁', { coordinator: [WEST.id], volunteer: [WEST.grid] }),
    closed: await world.signedIn('程远', { volunteer: [EAST.grid] }),
  };
  const volunteer = await callers.volunteer.memberId();
  const closed = await callers.closed.memberId();
  const { contact, ticket, slip } = { contact: idOf('contact'), ticket: idOf('ticket'), slip: idOf('slip') };
  await world.apply(volunteer, contactDraft(contact, EAST.grid, { name: '苏婆婆', phone: PHONE }));
  const words = {
    id: ticket,
    kind: 'issue',
    item: 'LD01',
    text: '楼道灯不亮',
    slipId: slip,
    contactId: contact,
  } as const;
  await world.apply(volunteer, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  const issued = {
    id: slip,
    code: CODE,
    visitId: null,
    ticketIds: [ticket],
    contactId: contact,
    proof: 'phone',
  } as const;
  await world.apply(volunteer, slipDraft(EAST.grid, { ...issued, ticketIds: [ticket] }));

  const photo = bytesOf('property', 500);
  await photoPhone((path, init) => world.app.request(path, init), callers.volunteer.cookie).patch(photo);
  await world.apply(volunteer, addMediaDraft(EAST.grid, ticket, mediaOfBytes(photo)));
  const desk = await callers.desk.memberId();
  const show = { space: gridSpace(EAST.grid), name: 'ticket.showMedia', v: 1 };
  await world.apply(desk, { ...show, args: { id: ticket, sha: photo.sha, show: true } });

  await callers.desk.ask('PATCH', `/api/members/${closed}`, { active: false });
  await callers.closed.ask('POST', '/api/sync', syncOf(closed, world.deps.now(), idOf('late')));
  const [held] = (await (await callers.desk.ask('GET', '/api/held')).json()) as { id: string }[];
  const more = syncOf(closed, world.deps.now(), idOf('later still'));
  const push = more.push.map(({ space, mutations }) => ({
    space,
    mutations: mutations.map((one) => ({ ...one, seq: 2 })),
  }));
  await callers.closed.ask('POST', '/api/sync', { ...more, push });
  const all = (await (await callers.desk.ask('GET', '/api/held')).json()) as { id: string }[];
  const returned = all.find(({ id }) => id !== held?.id)?.id ?? '';
  await callers.desk.ask('POST', `/api/held/${returned}/return`, { reason: '写错了' });
  const heldContact = await holdContact(world, callers.closed, closed);
  const roles = { ...NO_ROLES, volunteer: [EAST.grid2] };
  const invited = await callers.desk.ask('POST', '/api/invitations', { displayName: '沈青', roles });
  const invitation = (await invited.json()) as { id: string; token: string };
  const [inHand, lost] = [await deviceOf(world, '苏木'), await deviceOf(world, '白露')];
  const cleared = await clearedDeviceOf(world, '常青');
  await callers.desk.ask('POST', `/api/devices/${lost}/lost`);
  const phone = world.browser();
  await phone.signIn('姚敏');
  const devices = (await (await phone.ask('GET', '/api/sessions')).json()) as { id: string; current: boolean }[];
  const deskPhone = devices.find(({ current }) => current)?.id ?? '';
  return {
    ...world,
    callers,
    ids: {
      volunteer,
      desk,
      deskPhone,
      held: held?.id ?? '',
      invitation: invitation.id,
      ticket,
      contact,
      slip,
      inHand,
      lost,
      cleared,
      returned,
      heldContact,
    },
    invitationToken: invitation.token,
    photo,
    logged: () => lines.join(''),
  };
}

/** Somebody of the east whose phone has synced once; its number. */
async function deviceOf(world: AccountWorld, name: string): Promise<string> {
  const browser = await world.signedIn(name, { volunteer: [EAST.grid2] });
  const request = { ...syncOf(await browser.memberId(), world.deps.now(), idOf(name)), pending: 0, push: [] };
  await browser.ask('POST', '/api/sync', request);
  return request.client;
}

/** A contact that a closed account hands in; the id under which it is held. */
async function holdContact(world: AccountWorld, browser: Browser, member: string): Promise<string> {
  const { space, name, v, args } = contactDraft(idOf('held contact'), EAST.grid, { name: '苏婆婆', phone: PHONE });
  const mutation = { seq: 1, mid: 'm-held-contact', name, v, args, at: world.deps.now() };
  const request = syncOf(member, world.deps.now(), idOf('unused'));
  await browser.ask('POST', '/api/sync', { ...request, push: [{ space, mutations: [mutation] }] });
  const row = await world.deps.db.selectFrom('held').select('id').where('mid', '=', mutation.mid).executeTakeFirst();
  return row?.id ?? '';
}

/** Somebody of the east whose phone came anew after its storage was cleared; the number under which one record waited. */
async function clearedDeviceOf(world: AccountWorld, name: string): Promise<string> {
  const browser = await world.signedIn(name, { volunteer: [EAST.grid2] });
  const request = { ...syncOf(await browser.memberId(), world.deps.now(), idOf(name)), push: [] };
  await browser.ask('POST', '/api/sync', request);
  await browser.ask('POST', '/api/sync', { ...request, client: `anew-${request.client}`.slice(0, 40), pending: 0 });
  return request.client;
}

/** A push of one ticket into the east grid, and a pull of what a hand might reach for. */
export const syncOf = (member: string, now: number, ticketId: string) => {
  const { space, name, v, args } = ticketDraft(placeInGrid(EAST.id, EAST.grid), {
    id: ticketId,
    kind: 'issue',
    item: 'LD02',
    text: '扶手松了',
  });
  return {
    protocol: 2,
    member,
    client: `c-${member}`.slice(0, 40),
    epoch: null,
    build: 'test',
    pending: 1,
    sentAt: now,
    lastContactAt: null,
    push: [{ space, mutations: [{ seq: 1, mid: `m-${ticketId}`, name, v, args, at: now }] }],
    pull: [gridSpace(EAST.grid), contactSpace(EAST.grid)].map((wanted) => ({
      space: wanted,
      cursor: null,
      upTo: null,
      receiptsAfter: 0,
      rows: true,
    })),
  };
};
