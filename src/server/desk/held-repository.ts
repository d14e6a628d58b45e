import { sql, type Kysely, type Selectable } from 'kysely';
import { isAdmin, isCoordinatorOf, type Actor } from '../../domain/actor/actor.ts';
import { manages } from '../../domain/member/member-policy.ts';
import { idInArgs } from '../../domain/mutation/id-in-args.ts';
import { parseSpace } from '../../domain/space/space.ts';
import { HELD_SHOWN } from '../../protocol/desk-messages.ts';
import type { Database, HeldTable } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { shownMid } from '../metrics/note-push.ts';
import { readRecord } from '../sync/read-record.ts';
import { holdsPhotos, isOnlyHere, isReopenable } from './held-open.ts';

type HeldRow = Selectable<HeldTable> & { only_here: number };
export type Held = HeldRow & { communityId: string | null };

/** Rows that are looked through at once; most of another community's are left out again. */
const BATCH = 200;

/**
 * What waits for a decision of this actor, the oldest first and no more than HELD_SHOWN: the next come when these are
 * decided. What belongs to no community waits for an admin.
 */
export async function readHeldFor(db: Kysely<Database>, actor: Actor): Promise<Held[]> {
  const found: Held[] = [];
  for (let after = { at: -1, id: '' }; ;) {
    const rows = await readOpenBehind(db, after);
    for (const row of rows) {
      const held = { ...row, communityId: await communityOf(db, actor, row) };
      if (mayDecide(actor, held)) found.push(held);
      if (found.length === HELD_SHOWN) return found;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return found;
    after = { at: last.received_at, id: last.id };
  }
}

const heldRows = (db: Kysely<Database>) =>
  db
    .selectFrom('held')
    .selectAll('held')
    .select((eb) => eb.case().when(isOnlyHere).then(1).else(0).end().as('only_here'));

const readOpenBehind = (db: Kysely<Database>, after: { at: number; id: string }): Promise<HeldRow[]> =>
  heldRows(db)
    .where('resolved_at', 'is', null)
    .where(sql<boolean>`(received_at, id) > (${after.at}, ${after.id})`)
    .orderBy('received_at')
    .orderBy('id')
    .limit(BATCH)
    .execute();

/** One of them; undefined where it is not there, decided already, or another's to decide. */
export async function readHeldOne(db: Kysely<Database>, actor: Actor, id: string): Promise<Held | undefined> {
  const row = await heldRows(db).where('id', '=', id).where('resolved_at', 'is', null).executeTakeFirst();
  if (!row) return undefined;
  const held = { ...row, communityId: await communityOf(db, actor, row) };
  return mayDecide(actor, held) ? held : undefined;
}

/** Whose words that this actor decides over, or may again, name these bytes: whoever decides has to see them. */
export async function heldAuthorsFor(db: Kysely<Database>, actor: Actor, sha: string): Promise<string[]> {
  if (!manages(actor)) return [];
  const authors: string[] = [];
  const rows = await heldRows(db).where(holdsPhotos).where('args', 'like', `%${sha}%`).execute();
  for (const row of rows) {
    if (mayDecide(actor, { ...row, communityId: await communityOf(db, actor, row) })) authors.push(row.member_id);
  }
  return authors;
}

/** False where somebody else decided meanwhile, also where it was taken up again since: that is another round. */
export async function markResolved(
  db: Kysely<Database>,
  { id, reopened }: Pick<Held, 'id' | 'reopened'>,
  decision: { by: string; at: number; resolution: 'accepted' | 'returned' },
): Promise<boolean> {
  const row = await db
    .updateTable('held')
    .set({ resolved_at: decision.at, resolved_by: decision.by, resolution: decision.resolution })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .where('reopened', '=', reopened)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * What was sent back, of this actor's to decide, and what its author has no more: a phone whose session is ended has let go
 * of it [RV1]. The last sent back first, behind the one named; no more than HELD_SHOWN. When that one was sent back is told
 * by who knows it: it may have been taken up again since.
 */
export async function readReturnedFor(
  db: Kysely<Database>,
  actor: Actor,
  behind: { at: number; id: string } | null,
): Promise<Held[]> {
  const found: Held[] = [];
  for (let last = behind; ;) {
    let batch = returned(db).orderBy('resolved_at', 'desc').orderBy('id', 'desc').limit(BATCH);
    if (last) batch = batch.where(sql<boolean>`(resolved_at, id) < (${last.at}, ${last.id})`);
    const rows = await batch.execute();
    for (const row of rows) {
      const held = { ...row, communityId: await communityOf(db, actor, row) };
      if (mayDecide(actor, held)) found.push(held);
      if (found.length === HELD_SHOWN) return found;
    }
    const end = rows.at(-1);
    if (!end || end.resolved_at === null || rows.length < BATCH) return found;
    last = { at: end.resolved_at, id: end.id };
  }
}

const returned = (db: Kysely<Database>) => heldRows(db).where(isReopenable);

/**
 * Takes one of them up again: it waits for a decision as it did. The log keeps whose decision that undoes. False where it
 * is not there, or another's to decide.
 */
export async function reopenReturned(
  { db, logger }: Pick<Dependencies, 'db' | 'logger'>,
  actor: Actor,
  id: string,
): Promise<boolean> {
  const row = await returned(db).where('id', '=', id).executeTakeFirst();
  if (!row || !mayDecide(actor, { ...row, communityId: await communityOf(db, actor, row) })) return false;
  const reopened = await db
    .updateTable('held')
    .set({ resolved_at: null, resolved_by: null, resolution: null, reopened: row.reopened + 1 })
    .where('id', '=', id)
    .where(isReopenable)
    .where('reopened', '=', row.reopened)
    .returning('id')
    .executeTakeFirst();
  if (!reopened) return false;
  const { mid, resolved_by: returnedBy, resolved_at: returnedAt } = row;
  logger.info({ mid: shownMid(mid), reopenedBy: actor.id, returnedBy, returnedAt }, 'held again');
  return true;
}

const mayDecide = (actor: Actor, held: Held): boolean =>
  held.communityId === null ? isAdmin(actor) : isCoordinatorOf(actor, held.communityId);

async function communityOf(db: Kysely<Database>, { gridCommunity }: Actor, held: HeldRow): Promise<string | null> {
  const space = parseSpace(held.space);
  switch (space?.kind) {
    case 'grid':
    case 'contact':
      return gridCommunity[space.owner] ?? null;
    case 'community':
    case 'wall':
      return (await readRecord(db, 'office', 'community', space.owner)) ? space.owner : null;
    case 'member':
      return communityOfClaim(db, held);
    default:
      return null;
  }
}

/** What a claimer did later is about a claim, and that belongs to a community. */
async function communityOfClaim(db: Kysely<Database>, { space, args }: HeldRow): Promise<string | null> {
  const id = idInArgs(JSON.parse(args) as unknown);
  return (await readRecord(db, space, 'claimView', id))?.data.communityId ?? null;
}
