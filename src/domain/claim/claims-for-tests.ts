import type { Actor } from '../actor/actor.ts';
import { CARD, logAtDoor, publishAtDesk, smallOffice, take, TICKET } from '../mutation/small-office-for-tests.ts';
import { C1, claimer, type World } from '../mutation/world-for-tests.ts';
import { memberSpace, wallSpace } from '../space/space.ts';
import { claimViewIdOf } from './claim-view-id.ts';
import type { ClaimView } from './claim-view.ts';

export const wall = wallSpace(C1);
export const VIEW = claimViewIdOf(TICKET, 'first');

/** A wish that stands on the wall. */
export function published(over: Record<string, unknown> = {}): World {
  const world = smallOffice();
  logAtDoor(world, over);
  publishAtDesk(world);
  return world;
}

/** The same, with its first claim. */
export function claimed(): World {
  const world = published();
  world.do(take(claimer, 'first'));
  return world;
}

export const cardIn = (world: World) => world.must(wall, 'card', CARD);
export const viewIn = (world: World): ClaimView => world.must(memberSpace(claimer.id), 'claimView', VIEW);
export const noticesOf = (world: World, actor: Actor) => world.list(memberSpace(actor.id), 'notice');
