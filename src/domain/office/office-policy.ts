import type { Actor } from '../actor/actor.ts';
import { isAdmin } from '../actor/actor.ts';
import { refuseUnless } from '../mutation/refusal.ts';

/** The office itself, its catalogue and its communities: the admin's, and the server's own at set-up. */
export const mayRunOffice = (actor: Actor): boolean => isAdmin(actor) || actor.kind === 'timer';

export const requireOfficeRights = (actor: Actor): void => refuseUnless(mayRunOffice(actor), 'forbidden');
