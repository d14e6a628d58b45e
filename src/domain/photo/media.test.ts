import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import {
  claimStep,
  logAtDoor,
  publishAtDesk,
  SLIP,
  smallOffice,
  spoken,
  step,
  take,
  TICKET,
  ticketIn,
} from '../mutation/small-office-for-tests.ts';
import {
  claimer,
  coordinator,
  residentOf,
  secondCoordinator,
  secondVolunteer,
  volunteer,
  type World,
} from '../mutation/world-for-tests.ts';
import { memberSpace } from '../space/space.ts';
import { photoArgs, photoBy, shaOf, soundArgs } from './media-for-tests.ts';
import { handsFor, handsOf } from './media-hands.ts';
import { mediaOf, shasOf } from './media-of.ts';

const add = (actor: Actor, ...media: object[]) => step(actor, 'addMedia', { media });
const names = (world: World) => mediaOf(ticketIn(world)).map(({ sha }) => sha);
const photos = (from: number, count: number) => Array.from({ length: count }, (_, n) => photoArgs(`p${from + n}`));

function logged(over: Record<string, unknown> = {}): World {
  const world = smallOffice();
  logAtDoor(world, over);
  return world;
}

function claimed(): World {
  const world = logged();
  publishAtDesk(world);
  world.do(take(claimer, 'first'));
  return world;
}

const viewIn = (world: World) => world.must(memberSpace(claimer.id), 'claimView', claimViewIdOf(TICKET, 'first'));

test('a ticket from before there were photos has none', () => {
  const world = logged();
  expect(ticketIn(world)).not.toHaveProperty('media');
  expect(mediaOf(ticketIn(world))).toEqual([]);
  expect(shasOf('ticket', ticketIn(world))).toEqual(new Set());
});

test('photos and a voice note come with whose they are, in one line of the timeline, hidden from the resident', () => {
  const world = logged();
  world.do(add(volunteer, photoArgs('one'), soundArgs('said')));
  expect(mediaOf(ticketIn(world))).toEqual([
    { ...photoArgs('one'), byId: volunteer.id, byName: volunteer.name, byRole: 'volunteer', forResident: false },
    { ...soundArgs('said'), byId: volunteer.id, byName: volunteer.name, byRole: 'volunteer', forResident: false },
  ]);
  expect(ticketIn(world).timeline.map(({ action }) => action)).toEqual(['logged', 'mediaAdded']);
  expect(ticketIn(world).timeline.at(-1)).toMatchObject({ open: false, byRole: 'volunteer' });
  expect(shasOf('ticket', ticketIn(world))).toEqual(new Set([shaOf('one'), shaOf('thumb one'), shaOf('said')]));
});

test('nine photos and three voice notes have room, and the next is refused by name', () => {
  const world = logged();
  world.do(add(volunteer, ...photos(1, 6)));
  world.do(add(coordinator, ...photos(7, 3)));
  world.do(add(volunteer, soundArgs('s1'), soundArgs('s2'), soundArgs('s3')));
  expect(world.tell(add(volunteer, photoArgs('p10')))).toMatchObject({ code: 'photosFull', data: { limit: 9 } });
  expect(world.tell(add(volunteer, soundArgs('s4')))).toMatchObject({ code: 'soundsFull', data: { limit: 3 } });
  expect(names(world)).toHaveLength(12);
  world.do(step(volunteer, 'removeMedia', { sha: shaOf('p1') }));
  world.do(add(volunteer, photoArgs('p10')));
});

test('the same photo once more is refused where nothing new comes with it, and else only the new is added', () => {
  const world = logged();
  world.do(add(volunteer, photoArgs('one')));
  expect(world.tell(add(volunteer, photoArgs('one')))?.code).toBe('exists');
  world.do(add(volunteer, photoArgs('one'), photoArgs('two')));
  expect(names(world)).toEqual([shaOf('one'), shaOf('two')]);
});

test('what two took stands there once, as both their own, and goes when neither wants it any more', () => {
  const world = logged();
  const remove = (actor: Actor) => step(actor, 'removeMedia', { sha: shaOf('one') });
  const hands = () => mediaOf(ticketIn(world)).map((one) => handsOf(one).map(({ byId }) => byId));
  world.do(add(volunteer, photoArgs('one')));
  world.do(add(secondVolunteer, photoArgs('one'), photoArgs('two')));
  world.do(add(coordinator, photoArgs('one')));
  expect(hands()).toEqual([[volunteer.id, secondVolunteer.id, coordinator.id], [secondVolunteer.id]]);
  expect(world.tell(add(secondVolunteer, photoArgs('one')))?.code).toBe('exists');

  world.do(remove(volunteer));
  expect(hands()[0]).toEqual([secondVolunteer.id, coordinator.id]);
  expect(mediaOf(ticketIn(world))[0]).toMatchObject({ byName: secondVolunteer.name, byRole: 'volunteer' });
  expect(world.tell(remove(volunteer))?.code).toBe('forbidden');
  world.do(remove(coordinator));
  expect(names(world)).toEqual([shaOf('two')]);
});

test('a photo that is left to one of two hands reads as if it had always been theirs, as they said it', () => {
  const world = logged();
  const theirs = { takenAt: 1_790_000_009_000, thumb: { ...photoArgs('one').thumb!, sha: shaOf('their thumb') } };
  world.do(add(volunteer, photoArgs('one')));
  world.do(add(secondVolunteer, { ...photoArgs('one', 'before'), ...theirs }));
  expect(shasOf('ticket', ticketIn(world))).toEqual(new Set([shaOf('one'), shaOf('thumb one'), shaOf('their thumb')]));
  world.do(step(volunteer, 'removeMedia', { sha: shaOf('one') }));
  expect(mediaOf(ticketIn(world))).toEqual([{ ...photoBy(secondVolunteer, 'one', 'before'), ...theirs }]);
});

test('each hand vouches for the thumbnail that it named itself', () => {
  const world = logged();
  const thumbOf = (name: string) => ({ ...photoArgs('one').thumb!, sha: shaOf(name) });
  world.do(add(volunteer, { ...photoArgs('one'), thumb: thumbOf('of another') }));
  world.do(add(secondVolunteer, { ...photoArgs('one'), thumb: thumbOf('own') }));
  const [photo] = mediaOf(ticketIn(world));
  const vouching = (name: string) => handsFor(photo!, shaOf(name)).map(({ byId }) => byId);
  expect(vouching('one')).toEqual([volunteer.id, secondVolunteer.id]);
  expect(vouching('of another')).toEqual([volunteer.id]);
  expect(vouching('own')).toEqual([secondVolunteer.id]);
});

test('what one of two took as the result is a result, until the work begins anew', () => {
  const world = logged();
  world.do(step(coordinator, 'accept', { tier: null }));
  world.do(step(coordinator, 'dispatch', { leadUnit: '物业', jointUnits: [], note: '' }));
  world.do(add(volunteer, photoArgs('one', 'before')));
  world.do(add(secondVolunteer, photoArgs('one', 'after')));
  const resolve = step(coordinator, 'resolve', { outcome: 'solved', result: '' });
  world.do(resolve);
  world.do(step(residentOf(SLIP), 'reopen', { reason: '又坏了' }));
  world.do(step(coordinator, 'accept', { tier: null }));
  world.do(step(coordinator, 'dispatch', { leadUnit: '物业', jointUnits: [], note: '' }));
  expect(world.tell(resolve)?.code).toBe('resultMissing');
});

test('what a claimer took and a volunteer too is on the ticket as both their own, however often it follows', () => {
  const world = claimed();
  world.do(add(volunteer, photoArgs('same', 'before')));
  world.do(claimStep(claimer, 'first', 'addMedia', { media: [photoArgs('same', 'before')] }));
  world.do(claimStep(claimer, 'first', 'addMedia', { media: [photoArgs('after', 'after')] }));
  expect(mediaOf(ticketIn(world)).map((one) => handsOf(one).map(({ byRole }) => byRole))).toEqual([
    ['volunteer', 'claimer'],
    ['claimer'],
  ]);
});

test('a photo is taken away by whoever added it or a coordinator, and the timeline keeps who did', () => {
  const world = logged();
  world.do(add(volunteer, photoArgs('one'), photoArgs('two')));
  const remove = (actor: Actor, name: string) => step(actor, 'removeMedia', { sha: shaOf(name) });
  expect(world.tell(remove(secondVolunteer, 'one'))?.code).toBe('forbidden');
  expect(world.tell(remove(coordinator, 'three'))?.code).toBe('notFound');
  world.do(remove(volunteer, 'one'));
  world.do(remove(coordinator, 'two'));
  expect(names(world)).toEqual([]);
  expect(ticketIn(world).timeline.slice(-2)).toMatchObject([
    { action: 'mediaRemoved', byId: volunteer.id },
    { action: 'mediaRemoved', byId: coordinator.id },
  ]);
});

test('a coordinator shows one to the resident and hides it again; the others stay as they are', () => {
  const world = logged();
  world.do(add(volunteer, photoArgs('one'), photoArgs('two')));
  const shown = () => mediaOf(ticketIn(world)).map(({ forResident }) => forResident);
  const show = (actor: Actor, on: boolean) => step(actor, 'showMedia', { sha: shaOf('two'), show: on });
  expect(world.tell(show(volunteer, true))?.code).toBe('forbidden');
  expect(world.tell(step(coordinator, 'showMedia', { sha: shaOf('nine'), show: true }))?.code).toBe('notFound');
  world.do(show(coordinator, true));
  expect(shown()).toEqual([false, true]);
  world.do(show(coordinator, false));
  expect(shown()).toEqual([false, false]);
  expect(
    ticketIn(world)
      .timeline.slice(-2)
      .map(({ action }) => action),
  ).toEqual(['mediaShown', 'mediaHidden']);
});

test('a matter that turns out to be sensitive hides what the resident could see', () => {
  const world = logged({ consent: { ...spoken, sensitive: true } });
  world.do(add(volunteer, photoArgs('one')));
  world.do(step(coordinator, 'showMedia', { sha: shaOf('one'), show: true }));
  world.do(step(coordinator, 'amend', { item: { from: 'LD02', to: 'ZL01' } }));
  expect(mediaOf(ticketIn(world))[0]).toMatchObject({ forResident: true });
  world.do(step(coordinator, 'amend', { item: { from: 'ZL01', to: 'ZL02' } }));
  expect(ticketIn(world)).toMatchObject({ sensitive: true, media: [{ forResident: false }] });
});

test('a photo of the result stands for its words, one of the beginning does not', () => {
  const world = logged();
  world.do(step(coordinator, 'accept', { tier: null }));
  world.do(step(coordinator, 'dispatch', { leadUnit: '物业', jointUnits: [], note: '' }));
  const resolve = step(coordinator, 'resolve', { outcome: 'solved', result: '' });
  world.do(add(coordinator, photoArgs('before', 'before')));
  expect(world.tell(resolve)?.code).toBe('resultMissing');
  world.do(add(coordinator, photoArgs('after', 'after')));
  world.do(resolve);
  expect(ticketIn(world)).toMatchObject({ state: 'resolved', outcome: 'solved', result: '' });

  const remove = step(coordinator, 'removeMedia', { sha: shaOf('after') });
  expect(world.tell(remove)?.code).toBe('resultMissing');
  world.do(add(coordinator, photoArgs('better', 'after')));
  world.do(remove);
  world.do(step(secondCoordinator, 'followUp', { satisfaction: 'satisfied', note: '' }));
  expect(ticketIn(world).state).toBe('closed');
});

test('what was the result before a matter was taken up again is no result of the new work', () => {
  const world = logged();
  world.do(step(coordinator, 'accept', { tier: null }));
  world.do(step(coordinator, 'dispatch', { leadUnit: '物业', jointUnits: [], note: '' }));
  world.do(add(coordinator, photoArgs('after', 'after')));
  const resolve = step(coordinator, 'resolve', { outcome: 'solved', result: '' });
  world.do(resolve);
  world.do(step(residentOf(SLIP), 'reopen', { reason: '又坏了' }));
  expect(mediaOf(ticketIn(world))).toMatchObject([{ stage: 'before' }]);
  world.do(step(coordinator, 'accept', { tier: null }));
  world.do(step(coordinator, 'dispatch', { leadUnit: '物业', jointUnits: [], note: '' }));
  expect(world.tell(resolve)?.code).toBe('resultMissing');
});

test('a claimer’s pair comes onto the ticket, stands for the result, and leaves the claim with its end', () => {
  const world = claimed();
  const pair = [photoArgs('before', 'before'), photoArgs('after', 'after')];
  world.do(claimStep(claimer, 'first', 'addMedia', { media: [pair[0]] }));
  const fulfil = claimStep(claimer, 'first', 'fulfil', { outcome: 'solved', result: '' });
  expect(world.tell(fulfil)?.code).toBe('resultMissing');
  world.do(step(coordinator, 'showMedia', { sha: shaOf('before'), show: true }));
  world.do(claimStep(claimer, 'first', 'addMedia', { media: pair }));
  expect(mediaOf(ticketIn(world))).toMatchObject([
    { sha: shaOf('before'), byRole: 'claimer', byName: claimer.name, forResident: true },
    { sha: shaOf('after'), byRole: 'claimer', forResident: false },
  ]);
  expect(ticketIn(world).timeline.at(-1)).toMatchObject({ action: 'mediaAdded', byRole: 'claimer', open: false });
  expect(ticketIn(world).state).toBe('claimed');
  world.do(fulfil);
  expect(mediaOf(viewIn(world))).toHaveLength(2);
  world.do(step(residentOf(SLIP), 'confirm', { satisfaction: 'satisfied' }));
  expect(viewIn(world)).toMatchObject({ state: 'confirmed', contact: null });
  expect(mediaOf(viewIn(world))).toEqual([]);
  expect(names(world)).toEqual([shaOf('before'), shaOf('after')]);
});

test('the claimer’s photos have a room of their own', () => {
  const world = claimed();
  world.do(add(volunteer, ...photos(1, 9)));
  const claim = (...media: object[]) => claimStep(claimer, 'first', 'addMedia', { media });
  world.do(claim(...Array.from({ length: 9 }, (_, n) => photoArgs(`c${n}`, 'after'))));
  expect(world.tell(claim(photoArgs('c9', 'after')))?.code).toBe('photosFull');
  expect(names(world)).toHaveLength(18);
  expect(world.tell(add(coordinator, photoArgs('p10')))?.code).toBe('photosFull');
});

test('only whoever holds the claim adds to it, and only 办理前 and 办理后', () => {
  const world = claimed();
  const args = { media: [photoArgs('x', 'after')] };
  const strange = { ...claimStep(claimer, 'first', 'addMedia', args), actor: volunteer };
  expect(world.tell(strange)?.code).toBe('forbidden');
  expect(world.tell(claimStep(claimer, 'first', 'addMedia', { media: [photoArgs('x')] }))?.code).toBe('invalid');
  world.do(claimStep(claimer, 'first', 'release', { reason: '出差' }));
  expect(world.tell(claimStep(claimer, 'first', 'addMedia', args))?.code).toBe('state');
});
