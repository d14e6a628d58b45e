import type { Roles } from '../../../domain/actor/actor.ts';
import type { CommunityChoice } from './roles-form.ts';

export interface RoleWord {
  /** Key under `members.role`. */
  key: 'volunteerOf' | 'volunteer' | 'claimerOf' | 'claimer' | 'coordinatorOf' | 'coordinator' | 'admin' | 'none';
  params: Record<string, string>;
}

const named = (ids: readonly string[], names: ReadonlyMap<string, string>): string =>
  ids
    .map((id) => names.get(id) ?? '')
    .filter(Boolean)
    .join('、');

/** A member's roles as sentences. Places that the asker does not coordinate are not named. */
export function roleWords(roles: Roles, communities: readonly CommunityChoice[]): RoleWord[] {
  const words: RoleWord[] = [];
  const grids = named(
    roles.volunteer,
    new Map(communities.flatMap((c) => c.grids.map((g) => [g.id, g.name] as const))),
  );
  const places = named(roles.coordinator, new Map(communities.map((c) => [c.id, c.name] as const)));
  if (roles.admin) words.push({ key: 'admin', params: {} });
  if (roles.coordinator.length > 0)
    words.push(places ? { key: 'coordinatorOf', params: { communities: places } } : { key: 'coordinator', params: {} });
  if (roles.volunteer.length > 0)
    words.push(grids ? { key: 'volunteerOf', params: { grids } } : { key: 'volunteer', params: {} });
  if (roles.claimer)
    words.push(roles.unit ? { key: 'claimerOf', params: { unit: roles.unit } } : { key: 'claimer', params: {} });
  return words.length > 0 ? words : [{ key: 'none', params: {} }];
}
