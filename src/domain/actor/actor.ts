/** What a member may be; a person can be several at once. */
export interface Roles {
  /** Ids of the grids that the member visits as a volunteer. */
  volunteer: readonly string[];
  /** A party member or partner who may claim wishes from the walls. */
  claimer: boolean;
  /** Name of the partner unit that the member claims for; null for a person of their own. */
  unit: string | null;
  /** Ids of the communities that the member coordinates. */
  coordinator: readonly string[];
  /** Admin of the office: communities, grids, every member. */
  admin: boolean;
}

export const NO_ROLES: Roles = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };

/**
 * On whose behalf a mutation runs. The server makes it from the account, the phone from what the
 * last sync told it; both run the same policies over it.
 */
export interface Actor {
  /** `resident` acts through a slip's code and digits, `timer` is the server's clock. */
  kind: 'member' | 'resident' | 'timer';
  /** Member id; the slip's id for a resident, the timer's name for a timer. */
  id: string;
  /** Display name as others may see it. */
  name: string;
  roles: Roles;
  /** The community of every grid that the actor may know of. */
  gridCommunity: Readonly<Record<string, string>>;
}

export const isVolunteerOf = (actor: Actor, gridId: string): boolean =>
  actor.kind === 'member' && actor.roles.volunteer.includes(gridId);

export const isCoordinatorOf = (actor: Actor, communityId: string | undefined): boolean =>
  actor.kind === 'member' && communityId !== undefined && actor.roles.coordinator.includes(communityId);

export const isCoordinatorOfGrid = (actor: Actor, gridId: string): boolean =>
  isCoordinatorOf(actor, actor.gridCommunity[gridId]);

export const isAdmin = (actor: Actor): boolean => actor.kind === 'member' && actor.roles.admin;
