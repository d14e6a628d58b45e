import { computed, type ComputedRef } from 'vue';
import type { Roles } from '../../domain/actor/actor.ts';
import { useSession } from '../stores/session.ts';

export interface Destination {
  to: string;
  /** Key under common.nav. */
  label: string;
  icon: string;
  /** The one raised action in the middle of the bar. */
  raised?: boolean;
}

const HOME: Destination = { to: '/', label: 'home', icon: 'home' };
const DOOR: Destination = { to: '/door', label: 'door', icon: 'door' };
const LOG: Destination = { to: '/log', label: 'log', icon: 'plus', raised: true };
const WALL: Destination = { to: '/wall', label: 'wall', icon: 'wish' };
const CLAIMS: Destination = { to: '/claims', label: 'claims', icon: 'hand' };
const DESK: Destination = { to: '/desk', label: 'desk', icon: 'inbox' };
const LEDGER: Destination = { to: '/desk/tickets', label: 'ledger', icon: 'ledger' };
const HELD: Destination = { to: '/desk/held', label: 'held', icon: 'archive' };
const DEVICES: Destination = { to: '/desk/devices', label: 'devices', icon: 'device' };
const MEMBERS: Destination = { to: '/desk/members', label: 'members', icon: 'people' };
const ADMIN: Destination = { to: '/admin', label: 'admin', icon: 'admin' };
const RECORDS: Destination = { to: '/records', label: 'records', icon: 'list' };
const ME: Destination = { to: '/me', label: 'me', icon: 'person' };

const isVolunteer = (roles: Roles): boolean => roles.volunteer.length > 0;
const isCoordinator = (roles: Roles): boolean => roles.coordinator.length > 0;

/** Under the thumb: what the first of one's roles does all day. */
export function barFor(roles: Roles): Destination[] {
  if (isVolunteer(roles)) return [HOME, DOOR, LOG, WALL, ME];
  if (isCoordinator(roles)) return [DESK, LEDGER, WALL, ME];
  if (roles.admin) return [ADMIN, WALL, ME];
  if (roles.claimer) return [WALL, CLAIMS, ME];
  return [WALL, ME];
}

/** Beside the page on a wide screen: all that any of one's roles does. */
export function sideFor(roles: Roles): Destination[] {
  return [
    ...(isVolunteer(roles) ? [HOME, DOOR, LOG] : []),
    ...(isCoordinator(roles) ? [DESK, LEDGER, HELD, DEVICES, MEMBERS] : []),
    WALL,
    ...(roles.claimer ? [CLAIMS] : []),
    ...(roles.admin ? [ADMIN] : []),
    RECORDS,
    ME,
  ].map(({ raised: _raised, ...entry }) => entry);
}

/** Where the application opens for this member. */
export const startFor = (roles: Roles): string => barFor(roles)[0]?.to ?? '/wall';

export function useNavigation(): { bar: ComputedRef<Destination[]>; side: ComputedRef<Destination[]> } {
  const session = useSession();
  return { bar: computed(() => barFor(session.roles)), side: computed(() => sideFor(session.roles)) };
}
