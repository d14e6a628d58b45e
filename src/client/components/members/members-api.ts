import type * as v from 'valibot';
import type { Roles } from '../../../domain/actor/actor.ts';
import { invitationCreatedSchema, memberListSchema } from '../../../protocol/account-messages.ts';
import type { MemberListEntry } from '../../../protocol/account-messages.ts';
import { answerOf } from '../../transport/answer-of.ts';
import { api } from '../../transport/api-client.ts';

/** Members are asked for over HTTP: no device holds a list of them. */
export type InvitationCreated = v.InferOutput<typeof invitationCreatedSchema>;

export const listMembers = async (): Promise<MemberListEntry[]> =>
  answerOf(memberListSchema, await api.get('/api/members'));

export const patchMember = async (
  id: string,
  patch: { name?: string; roles?: Roles; active?: boolean },
): Promise<void> => {
  await api.patch(`/api/members/${encodeURIComponent(id)}`, patch);
};

export const invite = async (displayName: string, roles: Roles): Promise<InvitationCreated> =>
  answerOf(invitationCreatedSchema, await api.post('/api/invitations', { displayName, roles }));

/** Takes back an invitation that nobody has used yet. */
export const withdrawInvitation = async (id: string): Promise<void> => {
  await api.delete(`/api/invitations/${encodeURIComponent(id)}`);
};

/** For somebody who forgot the password; an earlier link is void. */
export const newPasswordLink = async (memberId: string): Promise<InvitationCreated> =>
  answerOf(invitationCreatedSchema, await api.post(`/api/members/${encodeURIComponent(memberId)}/invitation`, {}));
