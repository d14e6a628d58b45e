import { expect, test } from 'vitest';
import {
  logAtDoor,
  publishAtDesk,
  smallOffice,
  spoken,
  step,
  take,
  TICKET,
  ticketIn,
  CARD,
} from '../mutation/small-office-for-tests.ts';
import {
  C1,
  claimer,
  coordinator,
  G1,
  secondVolunteer,
  strangerVolunteer,
  volunteer,
  type Act,
  type World,
} from '../mutation/world-for-tests.ts';
import type { Actor } from '../actor/actor.ts';
import type { Conflict } from '../conflict/conflict.ts';
import { gridSpace, wallSpace } from '../space/space.ts';

const grid = gridSpace(G1);
const amend = (actor: Actor, edits: Record<string, unknown>, mid?: string): Act => ({
  ...step(actor, 'amend', edits),
  mid,
});

function logged(over: Record<string, unknown> = {}): World {
  const world = smallOffice();
  logAtDoor(world, over);
  return world;
}

const TEXT = '纱窗破了两处，想请人修补。';
const conflicts = (world: World): [string, Conflict][] =>
  [...world.records].flatMap(([key, data]) => {
    const [, kind, id] = key.split('\n');
    return kind === 'conflict' && id !== undefined ? [[id, data as Conflict]] : [];
  });

test('edits of different fields by two people both hold', () => {
  const world = logged();
  world.do(amend(volunteer, { text: { from: TEXT, to: '三处' } }));
  world.do(amend(secondVolunteer, { urgent: { from: false, to: true } }));
  expect(ticketIn(world)).toMatchObject({ text: '三处', urgent: true });
  expect(conflicts(world)).toEqual([]);
});

test('the same field keeps the first value; the other is kept for its author and a coordinator', () => {
  const world = logged();
  world.do(amend(volunteer, { text: { from: TEXT, to: '三处' } }));
  const before = ticketIn(world);
  world.do(amend(secondVolunteer, { text: { from: TEXT, to: '四处' } }));
  expect(ticketIn(world)).toEqual(before);
  expect(conflicts(world).map(([, conflict]) => conflict)).toMatchObject([
    {
      kind: 'ticket',
      recordId: TICKET,
      field: 'text',
      from: TEXT,
      mine: '四处',
      theirs: '三处',
      authorId: secondVolunteer.id,
      authorName: '陈静',
      resolvedAt: null,
    },
  ]);
});

test('of two edits in one mutation the one that fits goes in', () => {
  const world = logged();
  world.do(amend(volunteer, { text: { from: TEXT, to: '三处' } }));
  const both = { text: { from: TEXT, to: '四处' }, urgent: { from: false, to: true } };
  world.do(amend(secondVolunteer, both));
  expect(ticketIn(world)).toMatchObject({ text: '三处', urgent: true });
  expect(conflicts(world)).toHaveLength(1);
});

test('a new item brings its tier and its privacy, and asks for what it needs', () => {
  const world = logged({ kind: 'issue' });
  world.do(amend(volunteer, { item: { from: 'LD02', to: 'LD01' } }));
  expect(ticketIn(world)).toMatchObject({ item: 'LD01', tier: 'P3', sensitive: false });
  const to = (item: string) => world.tell(amend(volunteer, { item: { from: 'LD01', to: item } }))?.code;
  expect(to('ZL01')).toBe('kindNotAllowed');
  expect(to('XX01')).toBe('itemUnknown');
  expect(to('ZL03')).toBe('consentMissing');
});

test('while the card is on the wall the item stays, and urgency shows there', () => {
  const world = logged();
  publishAtDesk(world);
  const item = { item: { from: 'LD02', to: 'ZL01' } };
  expect(world.tell(amend(coordinator, item))).toMatchObject({ code: 'state', data: { state: 'published' } });
  world.do(amend(volunteer, { urgent: { from: false, to: true } }));
  expect(world.must(wallSpace(C1), 'card', CARD).urgent).toBe(true);
  world.do(take(claimer, 'one'));
  expect(world.tell(amend(coordinator, item))?.code).toBe('state');
});

test('a kept value goes in when its author or a coordinator chooses it, once', () => {
  const world = logged({ consent: { ...spoken } });
  world.do(amend(volunteer, { text: { from: TEXT, to: '三处' } }));
  world.do(amend(secondVolunteer, { text: { from: TEXT, to: '四处' }, urgent: { from: true, to: true } }));
  const [[id] = ['']] = conflicts(world);
  const resolve = (actor: Actor, choose: string): Act => ({
    actor,
    space: grid,
    name: 'conflict.resolve',
    args: { id, choose },
  });
  expect(world.tell(resolve(volunteer, 'mine'))?.code).toBe('forbidden');
  expect(world.tell(resolve(strangerVolunteer, 'mine'))?.code).toBe('forbidden');
  world.copy().do(resolve(coordinator, 'mine'));
  world.do(resolve(secondVolunteer, 'mine'));
  expect(ticketIn(world).text).toBe('四处');
  expect(world.must(grid, 'conflict', id)).toMatchObject({ resolution: 'mine' });
  expect(world.tell(resolve(secondVolunteer, 'mine'))).toBeUndefined();
  expect(world.tell(resolve(coordinator, 'theirs'))?.code).toBe('state');
});

test('letting the standing value be changes nothing else', () => {
  const world = logged();
  world.do(amend(volunteer, { urgent: { from: false, to: true } }));
  world.do(amend(secondVolunteer, { urgent: { from: true, to: false } }));
  world.do(amend(secondVolunteer, { text: { from: '别的', to: '四处' } }));
  const [[id, { field, theirs }] = ['', { field: '', theirs: '' }]] = conflicts(world);
  expect([field, theirs]).toEqual(['text', TEXT]);
  world.do({ actor: coordinator, space: grid, name: 'conflict.resolve', args: { id, choose: 'theirs' } });
  expect(ticketIn(world)).toMatchObject({ text: TEXT, urgent: false });
});
