import { Hono } from 'hono';
import type { Actor } from '../../domain/actor/actor.ts';
import { manages, mayInvite, maySeeMember } from '../../domain/member/member-policy.ts';
import { memberPatchSchema, type MemberListEntry } from '../../protocol/account-messages.ts';
import { changeMember } from '../auth/change-member.ts';
import { toSessionMember } from '../auth/create-member.ts';
import { insertInvitation, readOpenInvitations } from '../auth/invitation-repository.ts';
import { mayGivePassword } from '../auth/may-give-password.ts';
import { readMember, readMembers, type Account } from '../auth/member-repository.ts';
import { requireSession } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { takeOrThrow } from '../http/rate-limit.ts';
import { readJson } from '../http/read-json.ts';

const NEW_PASSWORD_RATE = { burst: 20, perSecond: 0.02 };

/**
 * GET /api/members: whom the asker may manage. PATCH /api/members/{id}: name, roles, closing and opening.
 * POST /api/members/{id}/invitation: a link by which somebody who forgot the password sets a new one.
 */
export const memberRoutes = (deps: Dependencies): Hono =>
  new Hono()
    .get('/members', async (c) => {
      const { actor } = await requireSession(deps, c);
      if (!manages(actor)) throw new HttpError('forbidden');
      const members = (await readMembers(deps.db)).filter(({ roles }) => maySeeMember(actor, roles)).map(toEntry);
      const invitations = (await readOpenInvitations(deps.db, deps.now()))
        .filter(({ roles }) => mayInvite(actor, roles))
        .map(({ id, displayName: name, roles }) => ({
          ...toSessionMember({ id, name, roles }),
          active: false,
          invited: true,
          lastSeenAt: null,
        }));
      return c.json([...members, ...invitations]);
    })
    .patch('/members/:id', async (c) => {
      const { actor } = await requireSession(deps, c);
      const patch = await readJson(c, memberPatchSchema);
      return c.json(toEntry(await changeMember(deps, actor.id, c.req.param('id'), patch)));
    })
    .post('/members/:id/invitation', async (c) => {
      const { actor } = await requireSession(deps, c);
      const member = await seenMember(deps, actor, c.req.param('id'));
      if (!(await mayGivePassword(deps.db, actor, member))) throw new HttpError('forbidden');
      takeOrThrow(deps, 'new-password', actor.id, NEW_PASSWORD_RATE);
      const { id: memberId, name: displayName, roles } = member;
      const answer = await deps.db.transaction().execute(async (trx) => {
        // One link at a time: an earlier one that went astray is void.
        await trx.deleteFrom('invitation').where('member_id', '=', memberId).where('accepted_at', 'is', null).execute();
        return insertInvitation(deps, trx, { displayName, roles, createdBy: actor.id, memberId });
      });
      return c.json(answer, 201);
    });

/** Somebody whom the asker may not see is answered like somebody who is not there. */
async function seenMember(deps: Dependencies, actor: Actor, id: string): Promise<Account> {
  const member = await readMember(deps.db, id);
  if (!member || !maySeeMember(actor, member.roles)) throw new HttpError('not_found');
  return member;
}

const toEntry = ({ id, name, roles, active, lastSeenAt }: Account): MemberListEntry => ({
  ...toSessionMember({ id, name, roles }),
  active,
  invited: false,
  lastSeenAt,
});
