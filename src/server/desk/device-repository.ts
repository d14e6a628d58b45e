import type { Kysely } from 'kysely';
import type { Actor, Roles } from '../../domain/actor/actor.ts';
import { manages, maySeeDevices } from '../../domain/member/member-policy.ts';
import type { Database } from '../db/schema.ts';
import { claimedOn, readClaimsOf } from './claims-on-phones.ts';
import { visitedOn } from './grids-on-phones.ts';
import type { PhoneNumber } from './left-behind.ts';

export interface Device extends PhoneNumber {
  memberId: string;
  memberName: string;
  roles: Roles;
  /** Of which something lay on it when it last came. */
  grids: readonly string[];
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
  // A phone that took a new number is one phone still: its session tells.
  const phones = new Map<string, { device: Device; before: Device[] }>();
  for (const device of rows.map(toDevice)) {
    const key = device.cameWith ?? device.id;
    const phone = phones.get(key);
    if (phone) phone.before.push(device);
    else phones.set(key, { device, before: [] });
  }
  return seenBy(db, actor, [...phones.values()]);
}

/** One of them, by any of its numbers; undefined where it is not there or not for this actor. */
export async function readDeviceFor(db: Kysely<Database>, actor: Actor, id: string): Promise<Device | undefined> {
  const phones = await readPhonesFor(db, actor);
  return phones.find(({ device, before }) => [device, ...before].some((one) => one.id === id))?.device;
}

async function seenBy(db: Kysely<Database>, actor: Actor, all: readonly Phone[]): Promise<Phone[]> {
  const others = all.filter(({ device }) => !maySeeDevices(actor, device.roles));
  const claims = await readClaimsOf(db, manages(actor) ? others.map(({ device }) => device.memberId) : []);
  return all.filter((phone) => {
    const lying = [...claimedOn(phone.device, claims), ...visitedOn(phone, actor)];
    return maySeeDevices(actor, phone.device.roles, lying);
  });
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
    .select(['client.id', 'client.build', 'client.pending', 'client.grids'])
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

type Parsed = Pick<Device, 'roles' | 'grids'>;

const toDevice = <T extends Record<keyof Parsed, string>>(row: T): Omit<T, keyof Parsed> & Parsed => ({
  ...row,
  roles: JSON.parse(row.roles) as Roles,
  grids: JSON.parse(row.grids) as string[],
});
