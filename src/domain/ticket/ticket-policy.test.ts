import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { logAtDoor, SLIP, smallOffice, step, TICKET, ticketIn } from '../mutation/small-office-for-tests.ts';
import {
  admin,
  claimer,
  coordinator,
  G1,
  nobody,
  residentOf,
  secondClaimer,
  secondCoordinator,
  secondVolunteer,
  strangerCoordinator,
  strangerVolunteer,
  timer,
  uuid,
  volunteer,
} from '../mutation/world-for-tests.ts';
import { photoArgs, photoBy, shaOf } from '../photo/media-for-tests.ts';
import { gridSpace } from '../space/space.ts';
import type { Ticket, TicketState, TimelineAction } from './ticket.ts';
import { canDo, TICKET_ACTIONS, ticketActionsFor, type TicketAction } from './ticket-transitions.ts';

/**
 * Who may do what, when: written out, not derived. Columns are states, `claim` is inProgress under a claim;
 * a cell names who may: v the volunteer who logged it, w the volunteer who handles it, c the coordinator (in
 * resolved: who wrote the result), d another coordinator, r the resident with the slip. Everyone else: nothing.
 */
const STATES = [
  'logged',
  'returned',
  'accepted',
  'published',
  'claimed',
  'dispatched',
  'inProgress',
  'claim',
  'suspended',
  'reopened',
  'resolved',
  'closed',
  'declined',
  'withdrawn',
  'merged',
] as const;

const EXPECTED = `
           logged returned accepted published claimed dispatched inProgress claim suspended reopened resolved closed declined withdrawn merged
amend      vwcd   vwcd     vwcd     vwcd      vwcd    vwcd       vwcd       vwcd  vwcd      vwcd     -        -      -        -         -
resubmit   -      vwcd     -        -         -       -          -          -     -         -        -        -      -        -         -
withdraw   vwcd   vwcd     cd       cd        cd      cd         cd         cd    cd        cd       -        -      -        -         -
accept     cd     -        -        -         -       -          -          -     -         cd       -        -      -        -         -
return     cd     -        cd       -         -       -          -          -     -         cd       -        -      -        -         -
decline    cd     cd       cd       -         -       -          -          -     cd        cd       -        -      -        -         -
merge      cd     cd       cd       -         -       cd         -          -     cd        cd       -        -      -        -         -
publish    -      -        cd       -         -       -          -          -     -         cd       -        -      -        -         -
unpublish  -      -        -        cd        cd      -          -          cd    -         -        -        -      -        -         -
dispatch   -      -        cd       -         -       cd         -          -     -         cd       -        -      -        -         -
start      -      -        vwcd     -         -       vwcd       -          -     -         cd       -        -      -        -         -
progress   -      -        -        -         vwcd    vwcd       vwcd       vwcd  vwcd      -        -        -      -        -         -
resolve    -      -        -        -         cd      cd         wcd        cd    -         -        -        -      -        -         -
addMedia   vwcd   vwcd     vwcd     vwcd      vwcd    vwcd       vwcd       vwcd  vwcd      vwcd     vwcd     vwcd   vwcd     -         -
removeMedia vwcd   vwcd     vwcd     vwcd      vwcd    vwcd       vwcd       vwcd  vwcd      vwcd     vwcd     vwcd   vwcd     -         -
showMedia  cd     cd       cd       cd        cd      cd         cd         cd    cd        cd       cd       cd     cd       -         -
followUp   -      -        -        -         -       -          -          -     -         -        vd       -      -        -         -
suspend    -      -        cd       -         -       cd         cd         -     cd        cd       -        -      -        -         -
resume     -      -        -        -         -       -          -          -     cd        -        -        -      -        -         -
reopen     -      -        -        -         -       -          -          -     -         -        vwcdr    vwcdr  vwcdr    -         -
confirm    -      -        -        -         -       -          -          -     -         -        r        -      -        -         -
rate       -      -        -        -         -       -          -          -     -         -        r        r      -        -         -
add        r      r        r        r         r       r          r          r     r         r        r        r      r        -         -
`;

const TABLE = new Map(
  EXPECTED.trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .map(([action, ...cells]) => [action, new Map(STATES.map((state, index) => [state, cells[index]]))] as const),
);

const PEOPLE: Readonly<Record<string, Actor>> = {
  v: volunteer,
  w: secondVolunteer,
  c: coordinator,
  d: secondCoordinator,
  r: residentOf(SLIP),
};

/** Whoever holds a role that may take the step in another state is told of the state. */
const SAME_ROLE: Readonly<Record<string, RegExp>> = { v: /[vw]/, w: /[vw]/, c: /[cd]/, d: /[cd]/, r: /r/ };

const OUTSIDERS: Readonly<Record<string, Actor>> = {
  'a volunteer of another grid': strangerVolunteer,
  'a coordinator of another community': strangerCoordinator,
  'the claimer': claimer,
  'another claimer': secondClaimer,
  'an admin': admin,
  'a member without a role': nobody,
  'a resident with another slip': residentOf(uuid(999)),
  'a timer': timer,
};

/** Who may not although the state would let others: by rule, with its own reason. */
const OWN_REASONS: Readonly<Record<string, string>> = {
  'followUp resolved w': 'selfFollowUp',
  'followUp resolved c': 'selfFollowUp',
  'resolve inProgress v': 'forbidden',
  'resolve claim v': 'forbidden',
  'resolve claim w': 'forbidden',
};

const ARGS: Readonly<Record<TicketAction, Record<string, unknown>>> = {
  amend: { text: { from: '纱窗破了两处，想请人修补。', to: '纱窗破了三处，想请人修补。' } },
  resubmit: {},
  withdraw: { reason: '住户自己办好了' },
  accept: { tier: 'P1' },
  return: { reason: '请写清楚在几楼' },
  decline: { reason: '不归社区管' },
  merge: { into: uuid(60) },
  publish: { cardText: '想请人修补纱窗。', public: true },
  unpublish: { reason: '重复了' },
  dispatch: { leadUnit: '物业', jointUnits: ['城管'], note: '' },
  start: { note: '' },
  progress: { text: '量过尺寸了', open: true },
  resolve: { outcome: 'solved', result: '补好了' },
  addMedia: { media: [photoArgs('new')] },
  removeMedia: {},
  showMedia: { sha: shaOf('logged'), show: true },
  followUp: { satisfaction: 'satisfied', note: '' },
  suspend: { reason: '等明年改造', reviewOn: '2026-10-20' },
  resume: {},
  reopen: { reason: '又破了' },
  confirm: { satisfaction: 'satisfied' },
  rate: { satisfaction: 'satisfied', text: '' },
  add: { text: '下午在家' },
};

const world = smallOffice();
logAtDoor(world);
/** With a photo of everyone's, for each may take away their own. */
const first: Ticket = {
  ...ticketIn(world),
  media: [
    photoBy(volunteer, 'logged'),
    ...[volunteer, secondVolunteer, coordinator, secondCoordinator].map((actor) => photoBy(actor, actor.id)),
  ],
};

const entry = (action: TimelineAction, byId: string): Ticket['timeline'][number] => ({
  id: action,
  at: 0,
  action,
  byId,
  byName: '',
  byRole: 'coordinator',
  text: '',
  open: false,
});

/** The ticket as it stands in a column of the table. */
function ticketAs(state: (typeof STATES)[number]): Ticket {
  if (state === 'claim') {
    const timeline = [...first.timeline, entry('claimed', claimer.id), entry('progress', claimer.id)];
    return { ...first, state: 'inProgress', handlerId: claimer.id, timeline };
  }
  const handled = state === 'inProgress' || state === 'resolved';
  const written = state === 'inProgress' ? entry('started', secondVolunteer.id) : entry('resolved', coordinator.id);
  return {
    ...first,
    state,
    handlerId: handled ? secondVolunteer.id : null,
    timeline: handled ? [...first.timeline, written] : first.timeline,
  };
}

function outcomeOf(actor: Actor, action: TicketAction, ticket: Ticket): string {
  const here = world.copy(false);
  here.set(gridSpace(G1), 'ticket', TICKET, ticket);
  here.set(gridSpace(G1), 'ticket', uuid(60), { ...first, slipId: null });
  const own = action === 'removeMedia' ? { sha: shaOf(actor.id) } : {};
  const refusal = here.tell(step(actor, action, { ...ARGS[action], ...own }));
  return refusal?.code ?? 'applied';
}

function expectedOf(letter: string, action: TicketAction, state: (typeof STATES)[number]): string {
  const row = TABLE.get(action);
  const cell = row?.get(state);
  if (cell === undefined) throw new Error(`nothing is said about ${action} in ${state}`);
  if (cell.includes(letter)) return 'applied';
  const own = OWN_REASONS[`${action} ${state} ${letter}`];
  if (own !== undefined) return own;
  const ofRole = [...(row?.values() ?? [])].join('').match(SAME_ROLE[letter] ?? /^$/);
  return ofRole ? 'state' : 'forbidden';
}

test('the table speaks of every action in every state, and of nothing else', () => {
  expect([...TABLE.keys()].toSorted()).toEqual([...TICKET_ACTIONS].toSorted());
  for (const [action, cells] of TABLE) {
    for (const [state, cell] of cells) expect(cell, `${action} in ${state}`).toMatch(/^(-|v?w?c?d?r?)$/);
  }
  const every: Record<TicketState, true> = {
    logged: true,
    accepted: true,
    published: true,
    claimed: true,
    dispatched: true,
    inProgress: true,
    resolved: true,
    closed: true,
    returned: true,
    declined: true,
    withdrawn: true,
    merged: true,
    suspended: true,
    reopened: true,
  };
  expect(STATES.filter((state) => state !== 'claim').toSorted()).toEqual(Object.keys(every).toSorted());
});

for (const action of TICKET_ACTIONS) {
  test(`${action}: who may, and in which state`, () => {
    for (const state of STATES) {
      const ticket = ticketAs(state);
      for (const [letter, actor] of Object.entries(PEOPLE)) {
        const expected = expectedOf(letter, action, state);
        expect(outcomeOf(actor, action, ticket), `${action} in ${state} by ${letter}`).toBe(expected);
        expect(canDo(actor, action, ticket), `${action} in ${state} shown to ${letter}`).toBe(expected === 'applied');
      }
      for (const [who, actor] of Object.entries(OUTSIDERS)) {
        expect(outcomeOf(actor, action, ticket), `${action} in ${state} by ${who}`).toBe('forbidden');
        expect(canDo(actor, action, ticket), `${action} in ${state} shown to ${who}`).toBe(false);
      }
    }
  });
}

test('the actions of a state are those that the table gives to anyone', () => {
  for (const state of STATES.filter((one) => one !== 'claim')) {
    const actions = TICKET_ACTIONS.filter((action) => TABLE.get(action)?.get(state) !== '-');
    // A card can only come down where a claim holds it; the bare state cannot tell.
    const extra = state === 'inProgress' ? ['unpublish'] : [];
    expect(ticketActionsFor(state).toSorted(), state).toEqual([...actions, ...extra].toSorted());
  }
});

test('a refused step says in which state the ticket is', () => {
  const refusal = world.copy().tell(step(coordinator, 'resume'));
  expect(refusal).toMatchObject({ code: 'state', data: { state: 'logged' } });
});

test('who may know nothing of a grid does not learn what is there', () => {
  const missing = { id: uuid(777) };
  for (const actor of [...Object.values(OUTSIDERS), residentOf(SLIP)]) {
    const { code } = world.copy().tell(step(actor, 'add', { ...missing, text: '在吗' })) ?? {};
    expect(code).toBe('forbidden');
  }
  expect(world.copy().tell(step(coordinator, 'resume', missing))?.code).toBe('notFound');
});
