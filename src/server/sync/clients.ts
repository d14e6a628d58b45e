import type { Kysely } from 'kysely';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import { clientsOf, noteLetGo } from '../desk/note-let-go.ts';

export interface Client {
  id: string;
  build: string;
  pending: number;
  media: number;
  sounds: number;
  lastSeenAt: number;
  drainedAt: number | null;
  sessionId: string | null;
  /** JSON, as stored. */
  grids: string;
}

/** What a device says of itself when it comes. */
export interface Contact {
  now: number;
  build: string;
  pending: number;
  media: number;
  sounds: number;
  sessionId: string;
  follows: string | null;
  /** Of which grids something lies on it, given those of before. */
  gridsAfter(before: readonly string[]): string[];
}

/** The list of devices need not be more exact than this; each write costs a sync to the disk. */
const SEEN_EVERY_MS = 60_000;

/** The client of a member, made on first contact. Undefined where the number belongs to someone else. */
export async function findOrMakeClient(
  db: Kysely<Database>,
  id: string,
  memberId: string,
  contact: Contact,
): Promise<Client | undefined> {
  const known = await readClient(db, id, memberId);
  if (known) return known;
  await db
    .insertInto('client')
    .values({
      id,
      member_id: memberId,
      build: contact.build,
      pending: contact.pending,
      pending_media: contact.media,
      pending_sounds: contact.sounds,
      first_seen_at: contact.now,
      last_seen_at: contact.now,
      drained_at: contact.pending === 0 ? contact.now : null,
      session_id: contact.sessionId,
      follows: contact.follows,
      grids: JSON.stringify(contact.gridsAfter([])),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return readClient(db, id, memberId);
}

const findClient = prepareQuery<{ id: string; member: string }, Client>((db, arg) =>
  db
    .selectFrom('client')
    .select(['id', 'build', 'pending', 'last_seen_at as lastSeenAt', 'drained_at as drainedAt'])
    .select(['pending_media as media', 'pending_sounds as sounds', 'session_id as sessionId', 'grids'])
    .where('id', '=', arg('id'))
    .where('member_id', '=', arg('member')),
);

async function readClient(db: Kysely<Database>, id: string, memberId: string): Promise<Client | undefined> {
  const [client] = await findClient(db, { id, member: memberId });
  return client;
}

const writeContact = prepareQuery<{
  id: string;
  build: string;
  pending: number;
  media: number;
  sounds: number;
  seen: number;
  drained: number | null;
  session: string;
  grids: string;
}>((db, arg) =>
  db
    .updateTable('client')
    .set({
      build: arg('build'),
      pending: arg('pending'),
      pending_media: arg('media'),
      pending_sounds: arg('sounds'),
      last_seen_at: arg('seen'),
      drained_at: arg('drained'),
      session_id: arg('session'),
      grids: arg('grids'),
    })
    .where('id', '=', arg('id')),
);

/**
 * Notes a contact: what the device runs, how much waits on it once so many are settled, whether it has handed in all that
 * it had, and what else it holds. Belongs in the transaction that settles them: one of its own would be another sync to the disk.
 */
export async function noteContact(
  db: Kysely<Database>,
  client: Client,
  contact: Contact,
  settled: number,
): Promise<void> {
  const pending = Math.max(0, contact.pending - settled);
  const same = client.pending === pending && client.media === contact.media && client.sounds === contact.sounds;
  const grids = JSON.stringify(contact.gridsAfter(JSON.parse(client.grids) as string[]));
  const known = client.build === contact.build && client.sessionId === contact.sessionId && client.grids === grids;
  if (same && known && settled === 0 && contact.now - client.lastSeenAt < SEEN_EVERY_MS) return;
  const { now, build, media, sounds, sessionId: session } = contact;
  // Of mutations alone: by it the time of what is pushed is reckoned.
  const drained = pending === 0 ? now : client.drainedAt;
  await writeContact(db, { id: client.id, build, pending, media, sounds, seen: now, drained, session, grids });
}

/**
 * An ended session has come: its device is told so by this answer, and the end cannot be taken back any more. What it handed
 * in before is on it no more.
 */
export async function noteEndHeard(
  db: Kysely<Database>,
  client: string | undefined,
  sessionId: string,
  now: number,
): Promise<void> {
  const earlier = await clientsOf(db, sessionId);
  await noteLetGo(db, client === undefined ? earlier : [client, ...earlier], now);
  await db
    .updateTable('session')
    .set({ heard_at: now })
    .where('id', '=', sessionId)
    .where('revoked_at', 'is not', null)
    .where('heard_at', 'is', null)
    .execute();
}
