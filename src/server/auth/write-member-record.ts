import type { Actor, Roles } from '../../domain/actor/actor.ts';
import { NO_ROLES } from '../../domain/actor/actor.ts';
import { derivedId } from '../../domain/place/place.ts';
import { memberSpace } from '../../domain/space/space.ts';
import type { Dependencies } from '../dependencies.ts';
import { applyMutation } from '../sync/apply-mutation.ts';
import { readRecord } from '../sync/read-record.ts';

/** The accounts, not a person: who may change whom is asked before, where the account is changed. */
const ACCOUNTS: Actor = { kind: 'timer', id: 'accounts', name: '', roles: NO_ROLES, gridCommunity: {} };

/**
 * Brings the record in the member's own space to what the account says. The account is the truth: this may run
 * again at any time, and does at each sign-in, so that a stop between the two heals itself.
 */
export async function writeMemberRecord(deps: Dependencies, memberId: string): Promise<void> {
  const member = await deps.db
    .selectFrom('member')
    .select(['name', 'roles'])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  const roles = JSON.parse(member.roles) as Roles;
  const space = memberSpace(memberId);
  const record = await readRecord(deps.db, space, 'member', memberId);
  if (record && record.data.name === member.name && JSON.stringify(record.data.roles) === member.roles) return;
  const result = await applyMutation(deps, {
    space,
    name: 'member.set',
    v: 1,
    args: { name: member.name, roles },
    actor: ACCOUNTS,
    // Two that bring the same change at once bring it once.
    mid: derivedId('member.set', memberId, String(record?.ver ?? 0), member.name, member.roles),
    at: deps.now(),
  });
  if (result.status === 'rejected') throw new Error(`member.set was refused: ${result.code}`);
}
