import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Actor, Roles } from '../../domain/actor/actor.ts';
import { DAY_MS } from '../../domain/time/day-ms.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { actorOf } from './actor-of.ts';
import { hashToken } from './token-hash.ts';

export const SESSION_COOKIE = 'doorstep_session';

/** The longest that browsers keep a cookie; it is renewed by use. */
const LIFE_DAYS = 400;
const TOUCH_EVERY_MS = 60_000;

/** A session that nobody has come with since has run out. */
export const oldestLive = (now: number): number => now - LIFE_DAYS * DAY_MS;

export interface Session {
  id: string;
  memberId: string;
  name: string;
  roles: Roles;
  /** Ended by the member, by a coordinator, or with the account: may still hand in what it has, all of it held. */
  revoked: boolean;
}

const findSession = prepareQuery<
  { hash: string },
  {
    id: string;
    member_id: string;
    last_seen_at: number;
    revoked_at: number | null;
    name: string;
    roles: string;
    active: number;
  }
>((db, arg) =>
  db
    .selectFrom('session')
    .innerJoin('member', 'member.id', 'session.member_id')
    .select(['session.id', 'session.member_id', 'session.last_seen_at', 'session.revoked_at'])
    .select(['member.name', 'member.roles', 'member.active'])
    .where('session.token_hash', '=', arg('hash')),
);

/** The session of the request's cookie; null where there is none, or one that has run out. */
export async function readSession(deps: Dependencies, c: Context): Promise<Session | null> {
  const token = getCookie(c, SESSION_COOKIE);
  if (!token) return null;
  const [row] = await findSession(deps.db, { hash: hashToken(token) });
  const now = deps.now();
  if (!row || row.last_seen_at < oldestLive(now)) return null;
  const revoked = row.revoked_at !== null || row.active === 0;
  if (!revoked && row.last_seen_at <= now - TOUCH_EVERY_MS) {
    await deps.disk.ifWritable(() => touch(deps, c, row, token, now));
  }
  return { id: row.id, memberId: row.member_id, name: row.name, roles: JSON.parse(row.roles) as Roles, revoked };
}

async function touch(
  deps: Dependencies,
  c: Context,
  session: { id: string; member_id: string; last_seen_at: number },
  token: string,
  now: number,
): Promise<void> {
  await deps.db.updateTable('session').set({ last_seen_at: now }).where('id', '=', session.id).execute();
  await deps.db.updateTable('member').set({ last_seen_at: now }).where('id', '=', session.member_id).execute();
  if (session.last_seen_at <= now - DAY_MS) setSessionCookie(deps, c, token);
}

/** Who is signed in here, and as whom policies are asked; everyone else is unauthenticated. */
export async function requireSession(deps: Dependencies, c: Context): Promise<{ session: Session; actor: Actor }> {
  const session = await readSession(deps, c);
  if (!session || session.revoked) throw new HttpError('unauthenticated');
  return { session, actor: await actorOf(deps.db, session.memberId) };
}

/**
 * Begins a session on this device; one that the browser already had here ends. By a password only as long as it is the
 * member's: to compare it takes a while, and whoever sets a new one meanwhile has ended what the old one opened.
 */
export async function beginSession(
  deps: Dependencies,
  c: Context,
  memberId: string,
  device: string,
  passwordHash?: string,
): Promise<void> {
  const token = deps.newToken();
  const now = deps.now();
  const earlier = getCookie(c, SESSION_COOKIE);
  await deps.db.transaction().execute(async (trx) => {
    const touched = trx.updateTable('member').set({ last_seen_at: now }).where('id', '=', memberId);
    const fits = passwordHash === undefined ? touched : touched.where('password_hash', '=', passwordHash);
    const member = await fits.where('active', '=', 1).returning('id').executeTakeFirst();
    if (!member) throw new HttpError('wrong_credentials');
    if (earlier) await trx.deleteFrom('session').where('token_hash', '=', hashToken(earlier)).execute();
    await trx
      .insertInto('session')
      .values({
        id: deps.newId(),
        token_hash: hashToken(token),
        member_id: memberId,
        device,
        created_at: now,
        last_seen_at: now,
        revoked_at: null,
      })
      .execute();
  });
  setSessionCookie(deps, c, token);
}

/**
 * Signs this device out. Its session goes for good, unlike a revoked one: whoever signs in again on this
 * device hands in what waits there as usual.
 */
export async function endSession(deps: Dependencies, c: Context): Promise<void> {
  const token = getCookie(c, SESSION_COOKIE);
  if (token) await deps.db.deleteFrom('session').where('token_hash', '=', hashToken(token)).execute();
  deleteCookie(c, SESSION_COOKIE, { path: '/', secure: deps.config.https });
}

function setSessionCookie(deps: Dependencies, c: Context, token: string): void {
  setCookie(c, SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: deps.config.https,
    maxAge: LIFE_DAYS * 24 * 3600,
  });
}
