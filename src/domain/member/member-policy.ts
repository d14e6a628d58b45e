import type { Actor, Roles } from '../actor/actor.ts';
import { isAdmin, isCoordinatorOf, isCoordinatorOfGrid } from '../actor/actor.ts';
import type { MutationContext } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { memberSpace } from '../space/space.ts';

/** A member's own space, and nobody else's: claims, notices that were read, own conflicts. */
export function requireOwnSpace({ actor, space }: MutationContext): void {
  refuseUnless(actor.kind === 'member' && space === memberSpace(actor.id), 'forbidden');
}

const isWithin = (actor: Actor, { admin, volunteer, coordinator }: Roles): boolean =>
  !admin &&
  volunteer.every((gridId) => isCoordinatorOfGrid(actor, gridId)) &&
  coordinator.every((communityId) => isCoordinatorOf(actor, communityId));

/** Does the actor look after other people's accounts, devices and held records at all? Whose is asked of each. */
export const manages = (actor: Actor): boolean =>
  isAdmin(actor) || (actor.kind === 'member' && actor.roles.coordinator.length > 0);

/** An admin invites anyone; a coordinator into the own communities only, and never an admin. */
export const mayInvite = (actor: Actor, roles: Roles): boolean =>
  manages(actor) && (isAdmin(actor) || isWithin(actor, roles));

/** Does the member visit or coordinate in a community that the actor coordinates? */
const isInOwnCommunity = (actor: Actor, { volunteer, coordinator }: Roles): boolean =>
  volunteer.some((gridId) => isCoordinatorOfGrid(actor, gridId)) ||
  coordinator.some((communityId) => isCoordinatorOf(actor, communityId));

/** Is the member one whom the actor sees in the list: of a community of theirs, or without one? */
export function maySeeMember(actor: Actor, member: Roles): boolean {
  if (!manages(actor)) return false;
  if (isAdmin(actor)) return true;
  if (member.admin) return false;
  const nowhere = member.volunteer.length === 0 && member.coordinator.length === 0;
  return nowhere || isInOwnCommunity(actor, member);
}

/** Close or open the account, rename the member: only where nothing of it is another community's. */
export const mayManageMember = (actor: Actor, member: Roles): boolean =>
  manages(actor) && (isAdmin(actor) || isWithin(actor, member));

const differing = (a: readonly string[], b: readonly string[]): string[] => [
  ...a.filter((id) => !b.includes(id)),
  ...b.filter((id) => !a.includes(id)),
];

/** A coordinator may change what belongs to the own communities; what a member is elsewhere stays as it is. */
export function mayChangeRoles(actor: Actor, before: Roles, after: Roles): boolean {
  if (!maySeeMember(actor, before)) return false;
  if (isAdmin(actor)) return true;
  return isWithin(actor, {
    ...after,
    volunteer: differing(before.volunteer, after.volunteer),
    coordinator: differing(before.coordinator, after.coordinator),
  });
}

/**
 * Sees the devices of a member, and says of one that it is lost: whose community's records lie on them. `lying` are the
 * communities of which something is known to lie there, whatever its member may do by now: what was written in a grid that
 * was taken away since, or the address of a claim; a claimer may follow no grid.
 */
export function maySeeDevices(actor: Actor, member: Roles, lying: readonly string[] = []): boolean {
  if (isAdmin(actor)) return true;
  if (!manages(actor) || member.admin) return false;
  return isInOwnCommunity(actor, member) || lying.some((communityId) => isCoordinatorOf(actor, communityId));
}
