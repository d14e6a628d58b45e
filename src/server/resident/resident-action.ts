import type { Actor } from '../../domain/actor/actor.ts';
import { NO_ROLES } from '../../domain/actor/actor.ts';

/** What a resident can do with the slip's code and its four digits. */
export const RESIDENT_ACTIONS = ['confirm', 'reopen', 'rate', 'add'] as const;

export type ResidentAction = (typeof RESIDENT_ACTIONS)[number];

export const isResidentAction = (text: string): text is ResidentAction =>
  (RESIDENT_ACTIONS as readonly string[]).includes(text);

/** Whoever holds the slip and knows the digits; named 居民 to everyone. */
export const residentActor = (slipId: string): Actor => ({
  kind: 'resident',
  id: slipId,
  name: '居民',
  roles: NO_ROLES,
  gridCommunity: {},
});
