import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { communitySpace, gridSpace, memberSpace, wallSpace } from '../../src/domain/space/space.ts';
import type { SaveRequest, SyncEngine, ViewRecord } from '../../src/sync/engine-api.ts';
import { slipCodeFrom } from '../../src/domain/slip/slip-code.ts';
import { claimDraft, contactDraft, slipDraft, ticketDraft, ticketStep, visitDraft } from '../support/factories.ts';
import { bytesOf } from '../support/photo-bytes.ts';
import { photosFor } from '../support/photo-queue-phone.ts';
import type { Prng } from './prng.ts';
import { uuid } from './sim-device.ts';
import { buildingOf, COMMUNITY, GRIDS, idOf, placeIn } from './sim-town.ts';

/** What a problem may be logged under. */
const ISSUES = ['CQ01', 'CQ02'];

export interface WorkContext {
  engine: SyncEngine;
  prng: Prng;
  wishItems: readonly string[];
  poison: boolean;
  /** Photos are taken in this run. */
  photos: boolean;
  /** The tab that is open has an older build. */
  oldBuild: boolean;
}

/** How residents are reached: whoever reads it has their contact. */
export const CONTACT_PHONE = '13800001234';

/** Mutations that the server of a run never takes, each in its own way. */
export const BAD: readonly string[] = ['sim.poison', 'sim.unwelcome', 'sim.stubborn'];

const toggledId = (grid: string, n: number): string => idOf('sim', 'toggled', grid, String(n));
const counterId = (grid: string, n: number): string => idOf('sim', 'counter', grid, String(n));

/** The buildings that stand in this grid now, as far as the phone knows; each by the grid in which it stood at first. */
const buildingsIn = (engine: SyncEngine, grid: string): string[] =>
  GRIDS.filter((first) => {
    const known = engine.view.get(communitySpace(COMMUNITY), 'building', buildingOf(first));
    return (known?.data.gridId ?? first) === grid;
  });

/** At a door: a visit, whom to reach, what was said, and the slip that goes with it, as one save. */
function logAtDoor({ engine, prng, wishItems }: WorkContext, grid: string): SaveRequest[] {
  const id = (): string => uuid(prng, '7');
  const home = prng.pick(buildingsIn(engine, grid)) ?? grid;
  const place = placeIn(home, prng.int(8), grid);
  const [visitId, ticketId, contactId, slipId] = [id(), id(), id(), id()];
  const wish = prng.chance(0.6);
  const item = prng.pick(wish ? wishItems : ISSUES) ?? 'CQ01';
  const code = slipCodeFrom(Uint8Array.from({ length: 9 }, () => prng.int(256)));
  return [
    visitDraft(visitId, place),
    contactDraft(contactId, grid, { phone: CONTACT_PHONE }),
    ticketDraft(place, {
      id: ticketId,
      kind: wish ? 'wish' : 'issue',
      item,
      text: `楼道灯不亮 ${prng.hex(4)}`,
      visitId,
      slipId,
      contactId,
    }),
    slipDraft(grid, { id: slipId, code, visitId, ticketIds: [ticketId], contactId, proof: 'phone' }),
  ];
}

const ticketsIn = (engine: SyncEngine, grid: string, states: readonly Ticket['state'][]): ViewRecord<'ticket'>[] =>
  states.flatMap((key) =>
    engine.view.list({ space: gridSpace(grid), kind: 'ticket', index: 'byState', key, limit: 20 }),
  );

function volunteerAct(context: WorkContext): SaveRequest[] {
  const { engine, prng, poison } = context;
  const grid = prng.pick(engine.actor().roles.volunteer);
  if (grid === undefined) return [];
  const space = gridSpace(grid);
  if (context.photos && prng.chance(0.3)) {
    const seen = prng.pick(ticketsIn(engine, grid, ['logged', 'returned', 'accepted', 'published']));
    if (seen !== undefined) return [photosFor(grid, seen.id, bytesOf(prng.hex(8), 2500))];
  }
  const dice = prng.next();
  if (poison && dice < 0.06) return [{ space, name: prng.pick(BAD) ?? 'sim.poison', v: 1, args: {} }];
  if (dice < 0.4) return logAtDoor(context, grid);
  if (dice < 0.65) {
    // Where every building has gone elsewhere, somebody is still at a door of an old one.
    const home = prng.pick(buildingsIn(engine, grid)) ?? grid;
    const args = { id: counterId(home, prng.int(3)), place: placeIn(home, 0, grid) };
    if (context.oldBuild) return [{ space, name: 'sim.append', v: 1, args }];
    return [{ space, name: 'sim.append', v: 2, args: { ...args, note: prng.hex(2) } }];
  }
  if (dice < 0.85) {
    const home = prng.pick(buildingsIn(engine, grid)) ?? grid;
    const args = { id: toggledId(home, prng.int(4)), place: placeIn(home, 0, grid) };
    return [{ space, name: 'sim.toggle', v: 1, args }];
  }
  const ticket = prng.pick(ticketsIn(engine, grid, ['logged', 'returned', 'accepted', 'published']));
  if (ticket === undefined) return logAtDoor(context, grid);
  if (dice < 0.97) {
    const text = { from: ticket.data.text, to: `${ticket.data.text.slice(0, 40)} 补充${prng.hex(3)}` };
    return [ticketStep(grid, 'amend', { id: ticket.id, text })];
  }
  return [ticketStep(grid, 'withdraw', { id: ticket.id, reason: '居民自己解决了' })];
}

function coordinatorAct({ engine, prng }: WorkContext): SaveRequest[] {
  const grids = Object.keys(engine.actor().gridCommunity);
  const grid = prng.pick(grids);
  if (grid === undefined) return [];
  const logged = prng.pick(ticketsIn(engine, grid, ['logged']));
  const accepted = prng.pick(ticketsIn(engine, grid, ['accepted']));
  const resolved = prng.pick(ticketsIn(engine, grid, ['resolved']));
  if (accepted !== undefined && prng.chance(0.7)) {
    const { id, data } = accepted;
    if (data.kind === 'wish')
      return [ticketStep(grid, 'publish', { id, cardText: `心愿 ${prng.hex(4)}`, public: true })];
    return [ticketStep(grid, 'dispatch', { id, leadUnit: '城管', jointUnits: [], note: '' })];
  }
  if (resolved !== undefined && prng.chance(0.5)) {
    return [ticketStep(grid, 'followUp', { id: resolved.id, satisfaction: 'satisfied', note: '' })];
  }
  if (logged === undefined) return [];
  const dice = prng.next();
  if (dice < 0.8) return [ticketStep(grid, 'accept', { id: logged.id, tier: null })];
  if (dice < 0.9) return [ticketStep(grid, 'return', { id: logged.id, reason: '请补充地址' })];
  const text = { from: logged.data.text, to: `${logged.data.text.slice(0, 40)} 更正${prng.hex(3)}` };
  return [ticketStep(grid, 'amend', { id: logged.id, text })];
}

function claimerAct({ engine, prng }: WorkContext): SaveRequest[] {
  const own = memberSpace(engine.actor().id);
  const views = engine.view.list({ space: own, kind: 'claimView', index: 'byEnd', key: 'active', limit: 10 });
  const mine = prng.pick(views);
  if (mine !== undefined && prng.chance(0.5)) {
    const { id } = mine;
    const dice = prng.next();
    if (dice < 0.5) return [{ space: own, name: 'claim.progress', v: 1, args: { id, text: `进展 ${prng.hex(4)}` } }];
    if (dice < 0.65) {
      return [{ space: own, name: 'claim.fulfil', v: 1, args: { id, outcome: 'solved', result: '已装好' } }];
    }
    return [{ space: own, name: 'claim.release', v: 1, args: { id, reason: '临时有事' } }];
  }
  const open = engine.view.list({
    space: wallSpace(COMMUNITY),
    kind: 'card',
    index: 'byState',
    key: 'open',
    order: 'desc',
    limit: 3,
  });
  const card = prng.pick(open);
  return card === undefined ? [] : [claimDraft(COMMUNITY, card.id)];
}

/** What this person does next, over what their phone shows them now. */
export function nextAct(context: WorkContext): SaveRequest[] {
  const { roles } = context.engine.actor();
  if (roles.coordinator.length > 0) return coordinatorAct(context);
  if (roles.claimer) return claimerAct(context);
  return volunteerAct(context);
}

/** The coordinator gives a building to the other grid; everyone else's queue still names the old one. */
export function moveAct({ engine, prng }: Pick<WorkContext, 'engine' | 'prng'>): SaveRequest[] {
  const first = prng.pick(GRIDS);
  if (first === undefined) return [];
  const space = communitySpace(COMMUNITY);
  const from = engine.view.get(space, 'building', buildingOf(first))?.data.gridId;
  const to = GRIDS.find((grid) => grid !== from);
  if (from === undefined || to === undefined) return [];
  return [{ space, name: 'building.move', v: 1, args: { id: buildingOf(first), from, to } }];
}
