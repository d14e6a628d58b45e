import type { Transaction } from 'kysely';
import type { InferOutput } from 'valibot';
import type { Actor, Roles } from '../../domain/actor/actor.ts';
import { mayChangeRoles, mayManageMember, maySeeMember } from '../../domain/member/member-policy.ts';
import type { memberPatchSchema } from '../../protocol/account-messages.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { actorOf } from './actor-of.ts';
import { readMember, revokeSessions, updateMember, type Account } from './member-repository.ts';
import { requireRealPlaces, tidyRoles } from './roles.ts';
import { writeMemberRecord } from './write-member-record.ts';

type Patch = InferOutput<typeof memberPatchSchema>;

/**
 * Changes the account of somebody whom the actor may see; whom not is answered like somebody who is not there.
 * Deactivating ends every session. Both accounts are locked and read as they are now: of two that change each other at
 * once the second may have lost the right to, and what was taken meanwhile is not given back.
 */
export async function changeMember(
  deps: Dependencies,
  actorId: string,
  memberId: string,
  patch: Patch,
): Promise<Account> {
  await deps.db.transaction().execute(async (trx) => {
    await lockMembers(trx, [actorId, memberId]);
    const actor = await actorOf(trx, actorId);
    const member = await readMember(trx, memberId);
    if (!member || !maySeeMember(actor, member.roles)) throw new HttpError('not_found');
    const roles = patch.roles && tidyRoles(patch.roles);
    await requireMayChange(trx, actor, member, { ...patch, roles });
    await updateMember(trx, member.id, { name: patch.name, roles, active: patch.active });
    if (patch.active === false) await revokeSessions(trx, member.id, deps.now());
  });
  await writeMemberRecord(deps, memberId);
  const changed = await readMember(deps.db, memberId);
  if (!changed) throw new HttpError('not_found');
  return changed;
}

/** An update that changes nothing locks the rows in both engines; in one order, so that two never wait for each other. */
async function lockMembers(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  for (const id of [...new Set(ids)].sort()) {
    await trx
      .updateTable('member')
      .set((eb) => ({ active: eb.ref('active') }))
      .where('id', '=', id)
      .execute();
  }
}

async function requireMayChange(
  trx: Transaction<Database>,
  actor: Actor,
  member: Account,
  { name, roles, active }: Omit<Patch, 'roles'> & { roles: Roles | undefined },
): Promise<void> {
  if (roles && !mayChangeRoles(actor, member.roles, roles)) throw new HttpError('forbidden');
  const ofAccount = name !== undefined || active !== undefined;
  if (ofAccount && !mayManageMember(actor, member.roles)) throw new HttpError('forbidden');
  // Nobody closes the door behind themselves: so there is always an admin.
  const lastStep = active === false || (roles !== undefined && member.roles.admin && !roles.admin);
  if (member.id === actor.id && lastStep) throw new HttpError('forbidden');
  if (!roles) return;
  const added = {
    ...roles,
    volunteer: roles.volunteer.filter((id) => !member.roles.volunteer.includes(id)),
    coordinator: roles.coordinator.filter((id) => !member.roles.coordinator.includes(id)),
  };
  await requireRealPlaces(trx, actor, added);
}
