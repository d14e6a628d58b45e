import type { Kysely } from 'kysely';
import type { Actor, Roles } from '../../domain/actor/actor.ts';
import { manages, maySeeDevices } from '../../domain/member/member-policy.ts';
import type { Database } from '../db/schema.ts';
import { claimedOn, readClaimsOf } from './claims-on-phones.ts';
import type { PhoneNumber } from './left-behind.ts';

export interface Device extends PhoneNumber {
  memberId: string;
  memberName: string;
  roles: Roles;
  build: string;
  drainedAt: number | null;
  /** The session with which it came last, which may be gone. */
  cameWith: string | null;
  /** Null where the device has signed out, or has not come since sessions are noted. */
  sessionId: string | null;
  device: string | null;
  revokedAt: number | null;
  lostBy: string | null;
  heardAt: number | null;
}

/** A phone as it came last, and the numbers under which it came before. */
export interface Phone {
  device: Device;
  before: readonly Device[];
}

/** The phones that this actor may see, the one last heard of first. */
export async function readPhonesFor(db: Kysely<Database>, actor: Actor): Promise<Phone[]> {
  const rows = await devices(db).orderBy('client.last_seen_at', 'desc').orderBy('client.id').execute();
  const seen = await seenBy(db, actor, rows.map(toDevice));
  // A phone that took a new number is one phone still: its session tells.
  const phones = new Map<string, { device: Device; before: Device[] }>();
  for (const device of seen) {
    const key = device.cameWith ?? device.id;
    const phone = phones.get(key);
    if (phone) phone.before.push(device);
    else phones.set(key, { device, before: [] });
  }
  return [...phones.values()];
}

/** One of them; undefined where it is not there or not for this actor. */
export async function readDeviceFor(db: Kysely<Database>, actor: Actor, id: string): Promise<Device | undefined> {
  const row = await devices(db).where('client.id', '=', id).executeTakeFirst();
  return row && (await seenBy(db, actor, [toDevice(row)]))[0];
}

async function seenBy(db: Kysely<Database>, actor: Actor, all: readonly Device[]): Promise<Device[]> {
  const others = all.filter(({ roles }) => !maySeeDevices(actor, roles));
  const claims = await readClaimsOf(db, manages(actor) ? others.map(({ memberId }) => memberId) : []);
  return all.filter((device) => maySeeDevices(actor, device.roles, claimedOn(device, claims)));
}

/** How many records each device has handed in after its session had ended. */
export async function countHandedIn(db: Kysely<Database>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('held')
    .select(({ fn }) => ['client', fn.countAll().as('count')])
    .where('reason', '=', 'revoked')
    .groupBy('client')
    .execute();
  return new Map(rows.map(({ client, count }) => [client, Number(count)]));
}

const devices = (db: Kysely<Database>) =>
  db
    .selectFrom('client')
    .innerJoin('member', 'member.id', 'client.member_id')
    .leftJoin('session', 'session.id', 'client.session_id')
    .select(['client.id', 'client.build', 'client.pending'])
    .select(['member.id as memberId', 'member.name as memberName', 'member.roles'])
    .select(['client.pending_media as media', 'client.pending_sounds as sounds'])
    .select([
      'client.first_seen_at as firstSeenAt',
      'client.last_seen_at as lastSeenAt',
      'client.drained_at as drainedAt',
    ])
    .select(['client.follows', 'client.left_aside_at as leftAsideAt', 'client.session_id as cameWith'])
    .select(['session.id as sessionId', 'session.device', 'session.revoked_at as revokedAt'])
    .select(['session.lost_by as lostBy', 'session.heard_at as heardAt']);

const toDevice = <T extends { roles: string }>(row: T): Omit<T, 'roles'> & { roles: Roles } => ({
  ...row,
  roles: JSON.parse(row.roles) as Roles,
});
