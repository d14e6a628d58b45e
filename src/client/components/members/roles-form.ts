import { NO_ROLES } from '../../../domain/actor/actor.ts';
import type { Roles } from '../../../domain/actor/actor.ts';

/** A community with its grids, as the form offers them. */
export interface CommunityChoice {
  id: string;
  name: string;
  grids: { id: string; name: string }[];
}

/** What can be ticked for a member, within the communities of the one who asks. */
export interface RolesDraft {
  grids: string[];
  claimer: boolean;
  unit: string;
  coordinator: string[];
  admin: boolean;
}

export const draftOfRoles = (roles: Roles = NO_ROLES): RolesDraft => ({
  grids: [...roles.volunteer],
  claimer: roles.claimer,
  unit: roles.unit ?? '',
  coordinator: [...roles.coordinator],
  admin: roles.admin,
});

const merged = (before: readonly string[], chosen: readonly string[], offered: ReadonlySet<string>): string[] => [
  ...before.filter((id) => !offered.has(id)),
  ...chosen.filter((id) => offered.has(id)),
];

/** Roles in communities that the form does not offer stay as they are, and so does the admin's unless it is offered. */
export function rolesOfDraft(
  draft: RolesDraft,
  before: Roles,
  offered: readonly CommunityChoice[],
  offersAdmin = false,
): Roles {
  const grids = new Set(offered.flatMap((community) => community.grids.map((grid) => grid.id)));
  const communities = new Set(offered.map((community) => community.id));
  return {
    volunteer: merged(before.volunteer, draft.grids, grids),
    claimer: draft.claimer,
    unit: draft.claimer && draft.unit.trim() !== '' ? draft.unit.trim() : null,
    coordinator: merged(before.coordinator, draft.coordinator, communities),
    admin: offersAdmin ? draft.admin : before.admin,
  };
}

export const hasRole = (roles: Roles): boolean =>
  roles.volunteer.length > 0 || roles.claimer || roles.coordinator.length > 0 || roles.admin;

/** What was ticked in one community, for the line that shows while its part of the form is closed. */
export const chosenIn = (
  draft: RolesDraft,
  community: CommunityChoice,
): { grids: CommunityChoice['grids']; coordinator: boolean } => ({
  grids: community.grids.filter(({ id }) => draft.grids.includes(id)),
  coordinator: draft.coordinator.includes(community.id),
});
