import { Hono } from 'hono';
import type { Actor } from '../../domain/actor/actor.ts';
import { mayInvite, mayManageMember } from '../../domain/member/member-policy.ts';
import { OFFICE } from '../../domain/space/space.ts';
import {
  invitationAcceptSchema,
  invitationCreateSchema,
  invitationPeekSchema,
} from '../../protocol/account-messages.ts';
import { acceptInvitation, readStandingInvitation } from '../auth/accept-invitation.ts';
import { toSessionMember } from '../auth/create-member.ts';
import { insertInvitation, readInvitation, type Invitation } from '../auth/invitation-repository.ts';
import { readMember } from '../auth/member-repository.ts';
import { hasAnyRole, requireRealPlaces, tidyRoles } from '../auth/roles.ts';
import { beginSession, requireSession } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { limitByAddress, takeOrThrow } from '../http/rate-limit.ts';
import { readJson } from '../http/read-json.ts';
import { readRecord } from '../sync/read-record.ts';

const TOKEN_RATE = { burst: 60, perSecond: 1 };
const CREATE_RATE = { burst: 100, perSecond: 0.2 };

/**
 * POST /api/invitations: invite. DELETE /api/invitations/{id}: take back.
 * POST /api/invitations/peek and /accept: for whoever holds the token, which stands in no address.
 */
export const invitationRoutes = (deps: Dependencies): Hono =>
  new Hono()
    .post('/invitations', async (c) => {
      const { actor } = await requireSession(deps, c);
      const body = await readJson(c, invitationCreateSchema);
      const roles = tidyRoles(body.roles);
      if (!mayInvite(actor, roles)) throw new HttpError('forbidden');
      if (!hasAnyRole(roles)) throw new HttpError('bad_request', { issues: ['roles: none'] });
      await requireRealPlaces(deps.db, actor, roles);
      takeOrThrow(deps, 'invite', actor.id, CREATE_RATE);
      const invitation = { displayName: body.displayName, roles, createdBy: actor.id, memberId: null };
      return c.json(await insertInvitation(deps, deps.db, invitation), 201);
    })
    .delete('/invitations/:id', async (c) => {
      const { actor } = await requireSession(deps, c);
      const invitation = await readInvitation(deps.db, c.req.param('id'));
      if (!invitation || !(await mayTakeBack(deps, actor, invitation))) throw new HttpError('not_found');
      await deps.db.deleteFrom('invitation').where('id', '=', invitation.id).where('accepted_at', 'is', null).execute();
      return c.body(null, 204);
    })
    .post('/invitations/peek', limitByAddress(deps, 'invitation', TOKEN_RATE), async (c) => {
      const { token } = await readJson(c, invitationPeekSchema);
      const { displayName, roles } = await readStandingInvitation(deps, token);
      const office = await readRecord(deps.db, OFFICE, 'office', 'office');
      return c.json({ displayName, officeName: office?.data.name ?? '', roles });
    })
    .post('/invitations/accept', limitByAddress(deps, 'invitation', TOKEN_RATE), async (c) => {
      const { device, ...acceptance } = await readJson(c, invitationAcceptSchema);
      const memberId = await acceptInvitation(deps, acceptance);
      await beginSession(deps, c, memberId, device);
      const member = await readMember(deps.db, memberId);
      if (!member) throw new HttpError('not_found');
      return c.json(toSessionMember(member), 201);
    });

async function mayTakeBack({ db }: Dependencies, actor: Actor, { memberId, roles }: Invitation): Promise<boolean> {
  if (memberId === null) return mayInvite(actor, roles);
  const member = await readMember(db, memberId);
  return member !== undefined && mayManageMember(actor, member.roles);
}
