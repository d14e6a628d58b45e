import type { Actor, Roles } from '../../domain/actor/actor.ts';
import { derivedId } from '../../domain/place/place.ts';
import { memberSpace, parseSpace } from '../../domain/space/space.ts';
import { findPlaces } from '../auth/actor-of.ts';
import { readMember } from '../auth/member-repository.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { touchPhoto } from '../photos/photo-rows.ts';
import { applyMutation, type MutationResult } from '../sync/apply-mutation.ts';
import { inLockedSpaces } from '../sync/in-locked-spaces.ts';
import { DIRECT } from '../sync/receipts.ts';
import { markResolved, type Held } from './held-repository.ts';
import { tellAuthor } from './tell-author.ts';

/**
 * Runs what was held as its author's, on the authority of whoever decides. Refused, it stays held: the decision can
 * be taken again once what stood against it has changed. Of two that decide at once, in two processes, one does: what
 * was sent back meanwhile is not run.
 */
export async function acceptHeld(deps: Dependencies, decider: Actor, held: Held): Promise<MutationResult> {
  const now = deps.now();
  return applyMutation(deps, {
    space: held.space,
    name: held.mutation,
    v: held.version,
    args: JSON.parse(held.args) as unknown,
    actor: await authorOf(deps, held),
    mid: await nextMid(deps, held),
    heldMid: held.mid,
    at: held.at,
    deviceAt: held.device_at,
    skipAuthorize: true,
    async alongside(desk) {
      const decision = { by: decider.id, at: now, resolution: 'accepted' } as const;
      if (!(await markResolved(desk.trx, held, decision))) throw new HttpError('not_found');
      await tellAuthor(desk, deps.rules, held, { type: 'heldAccepted', params: {}, at: now });
    },
  });
}

/**
 * Sends it back to its author with the reason; the text is still on the author's phone and in this table. Where it can
 * not be taken up again nothing holds its photos from here on: their days begin anew, so that the author can correct it
 * and send it again. [PH5]
 */
export async function returnHeld(deps: Dependencies, decider: Actor, held: Held, reason: string): Promise<void> {
  const now = deps.now();
  await inLockedSpaces(deps, memberSpace(held.member_id), now, async (desk) => {
    const decision = { by: decider.id, at: now, resolution: 'returned' } as const;
    if (!(await markResolved(desk.trx, held, decision))) throw new HttpError('not_found');
    for (const sha of shasIn(held.args)) await touchPhoto(desk.trx, sha, now);
    await tellAuthor(desk, deps.rules, held, { type: 'heldReturned', params: { reason }, at: now });
    return { result: undefined, alsoBump: new Set() };
  });
}

/** Whatever looks like a hash, as `isUnheld` takes it; in one order, so that two decisions never wait for each other. */
const shasIn = (args: string): string[] => [...new Set(args.match(/[0-9a-f]{64}/g))].sort();

/** The author as they were at the door: a volunteer of the grid, whatever has changed since. */
async function authorOf(deps: Dependencies, held: Held): Promise<Actor> {
  const account = await readMember(deps.db, held.member_id);
  const space = parseSpace(held.space);
  const grids = space?.kind === 'grid' || space?.kind === 'contact' ? [space.owner] : [];
  const roles: Roles | undefined = account?.roles;
  return {
    kind: 'member',
    id: held.member_id,
    name: account?.name ?? held.member_name,
    roles: {
      volunteer: [...new Set([...(roles?.volunteer ?? []), ...grids])],
      claimer: roles?.claimer ?? false,
      unit: roles?.unit ?? null,
      coordinator: roles?.coordinator ?? [],
      admin: roles?.admin ?? false,
    },
    gridCommunity: (await findPlaces(deps.db)).gridCommunity,
  };
}

/**
 * The mutation's own mid, so that a decision taken twice runs once. After a refusal it is the next of a row:
 * a mid that was refused is answered with that refusal for ever.
 */
async function nextMid(deps: Dependencies, held: Held): Promise<string> {
  let mid = held.mid;
  for (let attempt = 1; await isRefused(deps, held.space, mid); attempt++) {
    mid = derivedId('held', held.id, String(attempt));
  }
  return mid;
}

async function isRefused({ db }: Dependencies, space: string, mid: string): Promise<boolean> {
  const row = await db
    .selectFrom('receipt')
    .select('seq')
    .where('mid', '=', mid)
    .where('client', '=', DIRECT)
    .where('space', '=', space)
    .where('status', '=', 'rejected')
    .executeTakeFirst();
  return row !== undefined;
}
