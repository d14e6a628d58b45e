import type { Actor } from '../actor/actor.ts';
import type { Catalogue, CatalogueItem } from '../catalogue/catalogue.ts';
import { cardIdOf } from '../card/card-id.ts';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import type { Consent } from '../consent/consent.ts';
import type { Place } from '../place/place.ts';
import { slipCodeFrom } from '../slip/slip-code.ts';
import { communitySpace, contactSpace, gridSpace, memberSpace, OFFICE, wallSpace } from '../space/space.ts';
import type { Ticket } from '../ticket/ticket.ts';
import {
  admin,
  C1,
  C2,
  claimer,
  coordinator,
  G1,
  G2,
  G3,
  secondClaimer,
  timer,
  unitClaimer,
  uuid,
  volunteer,
  World,
  type Act,
} from './world-for-tests.ts';

const item = (over: Pick<CatalogueItem, 'code' | 'name' | 'kind'> & Partial<CatalogueItem>): CatalogueItem => ({
  nameEn: over.name,
  tier: 'P2',
  leadUnit: '社区',
  sensitive: false,
  disabled: false,
  sayings: [],
  pinyin: '',
  initials: '',
  sayingsPinyin: [],
  cardText: '想请人帮个忙。',
  ...over,
});

/** Five items: one of each kind, and two sensitive ones. */
export const smallCatalogue: Catalogue = {
  version: 1,
  classes: [
    {
      code: 'LD',
      name: '楼道设施',
      nameEn: 'Stairwells',
      leadUnit: '物业',
      pinyin: '',
      items: [
        item({ code: 'LD01', name: '信报箱破损', kind: 'issue', tier: 'P3' }),
        item({ code: 'LD02', name: '纱窗修补', kind: 'both' }),
      ],
    },
    {
      code: 'ZL',
      name: '关爱照料',
      nameEn: 'Care',
      leadUnit: '社区',
      pinyin: '',
      items: [
        item({ code: 'ZL01', name: '陪伴聊天', kind: 'wish' }),
        item({ code: 'ZL02', name: '助浴', kind: 'wish', sensitive: true }),
        item({ code: 'ZL03', name: '家庭矛盾', kind: 'issue', sensitive: true, tier: 'P1' }),
      ],
    },
  ],
};

export const ESTATE = uuid(21);
export const BUILDING = uuid(31);
export const ENTRANCE = uuid(32);
export const FLOOR = uuid(33);
export const ROOM = uuid(34);
export const TICKET = uuid(51);
export const VISIT = uuid(52);
export const SLIP = uuid(53);
export const CONTACT = uuid(54);
export const CODE = slipCodeFrom(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]));
export const CARD = cardIdOf(TICKET);

export const door: Place = {
  communityId: C1,
  gridId: G1,
  estateId: ESTATE,
  buildingId: BUILDING,
  entranceId: ENTRANCE,
  floorId: FLOOR,
  roomId: ROOM,
  estateName: '凤凰苑',
  label: '凤凰苑 3幢 2单元 302',
};

export const spoken: Consent = {
  version: '2026-11',
  how: 'spoken',
  record: true,
  publish: true,
  sensitive: null,
  signature: null,
};

const has = (actor: Actor, space: string, name: string, args: unknown): Act => ({ actor, space, name, args });

/** An office with two communities, three grids, and one building in the first. */
export function smallOffice(options: { withReactions?: boolean } = {}): World {
  const world = new World();
  world.do(has(timer, OFFICE, 'office.create', { name: '望江街道', phone: '0571-00000000' }));
  world.do(has(timer, OFFICE, 'catalogue.publish', { catalogue: smallCatalogue }));
  for (const [id, name, grid] of [
    [C1, '清泰门社区', G1],
    [C2, '婺江社区', G3],
  ] as const) {
    world.do(
      has(admin, OFFICE, 'community.create', { id, name, phone: '', defaultGrid: { id: grid, name: '第一网格' } }),
    );
  }
  const space = communitySpace(C1);
  world.do(has(admin, space, 'grid.create', { id: G2, name: '第二网格' }));
  world.do(has(admin, space, 'estate.create', { id: ESTATE, name: '凤凰苑', gridId: G1 }));
  world.do(
    has(admin, space, 'building.create', {
      id: BUILDING,
      name: '3幢',
      estateId: ESTATE,
      gridId: G1,
      entrances: [
        {
          id: ENTRANCE,
          label: '2单元',
          floors: [{ id: FLOOR, label: '3', rooms: [{ id: ROOM, label: '302' }] }],
        },
      ],
    }),
  );
  for (const { id, name, roles } of [claimer, secondClaimer, unitClaimer, volunteer]) {
    world.do(has(timer, memberSpace(id), 'member.set', { name, roles }));
  }
  return options.withReactions === false ? world.withoutReactions() : world;
}

export const logArgs = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: TICKET,
  kind: 'wish',
  item: 'LD02',
  itemVersion: 1,
  text: '纱窗破了两处，想请人修补。',
  urgent: false,
  place: door,
  visitId: VISIT,
  slipId: SLIP,
  contactId: CONTACT,
  consent: spoken,
  ...over,
});

/** A step of the ticket in its grid. */
export const step = (actor: Actor, action: string, args: Record<string, unknown> = {}): Act =>
  has(actor, gridSpace(G1), `ticket.${action}`, { id: TICKET, ...args });

export const log = (over: Record<string, unknown> = {}): Act =>
  has(volunteer, gridSpace(G1), 'ticket.log', logArgs(over));

/** One save of 记一件 at the door. */
export function logAtDoor(world: World, over: Record<string, unknown> = {}): void {
  const grid = gridSpace(G1);
  world.do(has(volunteer, grid, 'visit.record', { id: VISIT, place: door, outcome: 'met' }));
  world.do(
    has(volunteer, contactSpace(G1), 'contact.put', {
      id: CONTACT,
      name: '潘阿姨',
      phone: '19900001234',
      pin: '',
      note: '耳朵不好，敲门重一点',
    }),
  );
  world.do(log(over));
  world.do(
    has(volunteer, grid, 'slip.issue', {
      id: SLIP,
      code: CODE,
      visitId: VISIT,
      ticketIds: [TICKET],
      contactId: CONTACT,
      proof: 'phone',
    }),
  );
}

export const publishArgs = { cardText: '独居老人想请人修补纱窗。', public: true };

export function publishAtDesk(world: World, args: Record<string, unknown> = publishArgs): void {
  world.do(step(coordinator, 'accept', { tier: null }));
  world.do(step(coordinator, 'publish', args));
}

export const take = (actor: Actor, mid: string): Act => ({
  ...has(actor, wallSpace(C1), 'claim.take', { cardId: CARD }),
  mid,
});

/** A step of a claimer's own, in their space. */
export const claimStep = (actor: Actor, mid: string, name: string, args: Record<string, unknown>): Act =>
  has(actor, memberSpace(actor.id), `claim.${name}`, { id: claimViewIdOf(TICKET, mid), ...args });

export const ticketIn = (world: World): Ticket => world.must(gridSpace(G1), 'ticket', TICKET);
