import type { Kysely } from 'kysely';
import type { InferOutput } from 'valibot';
import type { Actor, Roles } from '../../domain/actor/actor.ts';
import type { rolesSchema } from '../../protocol/sync-messages.ts';
import type { Database } from '../db/schema.ts';
import { HttpError } from '../http/http-error.ts';
import { findPlaces } from './actor-of.ts';

/** As the member's record takes them. */
const MOST_PLACES = 200;
const UNIT_LENGTH = 60;

/** Each thing once, and no unit without claiming. Throws where the lists are longer than anybody's work. */
export function tidyRoles(roles: InferOutput<typeof rolesSchema>): Roles {
  const unit = roles.claimer ? tidyUnit(roles.unit ?? '') : '';
  if (Math.max(roles.volunteer.length, roles.coordinator.length) > MOST_PLACES) {
    throw new HttpError('bad_request', { issues: ['roles: too many'] });
  }
  return {
    volunteer: [...new Set(roles.volunteer)],
    claimer: roles.claimer,
    unit: unit === '' ? null : unit,
    coordinator: [...new Set(roles.coordinator)],
    admin: roles.admin,
  };
}

const tidyUnit = (unit: string): string =>
  unit
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, UNIT_LENGTH)
    .trim();

/** Throws where a role names a grid or a community that is not there. Asked only after the policy has said yes. */
export async function requireRealPlaces(db: Kysely<Database>, actor: Actor, roles: Roles): Promise<void> {
  const { communityIds } = await findPlaces(db);
  if (!roles.volunteer.every((id) => Object.hasOwn(actor.gridCommunity, id))) throw new HttpError('bad_request');
  if (!roles.coordinator.every((id) => communityIds.includes(id))) throw new HttpError('bad_request');
}

export const hasAnyRole = (roles: Roles): boolean =>
  roles.volunteer.length > 0 || roles.claimer || roles.coordinator.length > 0 || roles.admin;
