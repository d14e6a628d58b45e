import type { Roles } from '../actor/actor.ts';

/** What a member's own phone knows of its account. */
export interface Member {
  name: string;
  roles: Roles;
  /** Ids of the claim views that are not done with; kept by the reactions to claims, read by the limit. */
  openClaims?: readonly string[];
}
