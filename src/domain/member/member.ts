import type { Roles } from '../actor/actor.ts';

/** What a member's own phone knows of its account. */
export interface Member {
  name: string;
  roles: Roles;
}
