import type { InferOutput } from 'valibot';
import type { Actor } from '../../domain/actor/actor.ts';
import { mayChangeRoles, mayManageMember } from '../../domain/member/member-policy.ts';
import type { memberPatchSchema } from '../../protocol/account-messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { readMember, revokeSessions, updateMember, type Account } from './member-repository.ts';
import { requireRealPlaces, tidyRoles } from './roles.ts';
import { writeMemberRecord } from './write-member-record.ts';

/** Changes the account of somebody whom the actor may see. Deactivating ends every session. */
export async function changeMember(
  deps: Dependencies,
  actor: Actor,
  member: Account,
  patch: InferOutput<typeof memberPatchSchema>,
): Promise<Account> {
  const roles = patch.roles && tidyRoles(patch.roles);
  if (roles && !mayChangeRoles(actor, member.roles, roles)) throw new HttpError('forbidden');
  const ofAccount = patch.name !== undefined || patch.active !== undefined;
  if (ofAccount && !mayManageMember(actor, member.roles)) throw new HttpError('forbidden');
  // Nobody closes the door behind themselves: so there is always an admin.
  const lastStep = patch.active === false || (roles !== undefined && member.roles.admin && !roles.admin);
  if (member.id === actor.id && lastStep) throw new HttpError('forbidden');
  if (roles) {
    const added = {
      ...roles,
      volunteer: roles.volunteer.filter((id) => !member.roles.volunteer.includes(id)),
      coordinator: roles.coordinator.filter((id) => !member.roles.coordinator.includes(id)),
    };
    await requireRealPlaces(deps.db, actor, added);
  }
  await deps.db.transaction().execute(async (trx) => {
    await updateMember(trx, member.id, { name: patch.name, roles, active: patch.active });
    if (patch.active === false) await revokeSessions(trx, member.id, deps.now());
  });
  await writeMemberRecord(deps, member.id);
  return (await readMember(deps.db, member.id)) ?? member;
}
