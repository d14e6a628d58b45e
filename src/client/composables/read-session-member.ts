import * as v from 'valibot';
import { sessionMemberSchema, type SessionMember } from '../../protocol/account-messages.ts';
import { ApiError } from '../transport/api-client.ts';

/** An answer that is not a member is not from our server. */
export function readSessionMember(body: unknown): SessionMember {
  const parsed = v.safeParse(sessionMemberSchema, body);
  if (!parsed.success) throw new ApiError('not_doorstep');
  return parsed.output;
}
