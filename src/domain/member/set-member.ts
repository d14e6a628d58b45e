import { NO_ROLES } from '../actor/actor.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { ownerOf } from '../space/space.ts';
import { memberSetArgs } from './member-args.ts';
import { mayChangeRoles } from './member-policy.ts';

/** Tells a member's phones who they are now; the account itself is the server's. */
export const setMember = defineMutator({
  name: 'member.set',
  version: 1,
  spaceKind: 'member',
  args: memberSetArgs,
  creates: false,
  authorize(tx, { roles }, { actor, space }) {
    const before = tx.get(space, 'member', ownerOf(space))?.roles ?? NO_ROLES;
    refuseUnless(actor.kind === 'timer' || mayChangeRoles(actor, before, roles), 'forbidden');
  },
  apply(tx, { name, roles }, { space }) {
    const id = ownerOf(space);
    tx.put('member', id, { ...tx.get(space, 'member', id), name, roles });
  },
});
