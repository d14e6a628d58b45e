import type { Kysely } from 'kysely';
import { grantsContact } from '../../domain/claim/claim-policy.ts';
import type { ClaimView } from '../../domain/claim/claim-view.ts';
import { memberSpace } from '../../domain/space/space.ts';
import type { Database } from '../db/schema.ts';

/** `writtenAt`: when the server wrote what has become of it. It may have been decided long before, on a phone. */
export type ClaimOf = Pick<ClaimView, 'communityId' | 'state'> & { memberId: string; writtenAt: number };

/**
 * A contact is noted though its answer may have been lost on the way. Who comes for so long after the end of a claim has
 * had one of them.
 */
const UNHEARD_MS = 30 * 24 * 3_600_000;

/** The claims of these members, whatever has become of them. */
export async function readClaimsOf(db: Kysely<Database>, memberIds: readonly string[]): Promise<ClaimOf[]> {
  const owners = new Map(memberIds.map((id) => [memberSpace(id), id]));
  if (owners.size === 0) return [];
  const rows = await db
    .selectFrom('record')
    .select(['space', 'data', 'updated_at as writtenAt'])
    .where('kind', '=', 'claimView')
    .where('deleted', '=', 0)
    .where('space', 'in', [...owners.keys()])
    .execute();
  return rows.map(({ space, data, writtenAt }) => {
    const { communityId, state } = JSON.parse(data) as ClaimView;
    return { memberId: owners.get(space) ?? '', communityId, state, writtenAt };
  });
}

/**
 * The communities of which claims have put an address on this phone: it has gone again once the phone has surely heard of
 * the claim's end. Of one that was reported lost they are asked about for good: whoever reported it must see it come.
 */
export const claimedOn = (
  phone: { memberId: string; lastSeenAt: number; lostBy: string | null },
  claims: readonly ClaimOf[],
): string[] =>
  claims
    .filter(({ memberId }) => memberId === phone.memberId)
    .filter(
      ({ state, writtenAt }) =>
        grantsContact(state) || writtenAt >= phone.lastSeenAt - UNHEARD_MS || phone.lostBy !== null,
    )
    .map(({ communityId }) => communityId);
