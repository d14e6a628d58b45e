import { CONSENT_VERSION, type Consent } from '../../src/domain/consent/consent.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import { derivedId, type Place } from '../../src/domain/place/place.ts';
import { contactSpace, gridSpace, wallSpace } from '../../src/domain/space/space.ts';
import { slipCodeFrom } from '../../src/domain/slip/slip-code.ts';
import type { TicketKind } from '../../src/domain/ticket/ticket.ts';
import type { VisitOutcome } from '../../src/domain/visit/visit.ts';
import type { DemoBuilding, DemoCommunity, DemoEstate } from './demo/neighbourhood.ts';

/** Drafts as the phone would save them. The demo community is built of these, and the tests use the same. */

/** Ids that are the same in every run. */
export const idOf = (...parts: readonly string[]): string => derivedId('made', ...parts);

/** A code that is the same in every run; bytes spread by a small hash of the seed. */
export function codeOf(seed: string): string {
  let state = 2166136261;
  for (const char of seed) state = Math.imul(state ^ char.charCodeAt(0), 16777619);
  const bytes = Uint8Array.from({ length: 9 }, () => {
    state = Math.imul(state ^ (state >>> 13), 1274126177) + 1;
    return (state >>> 16) & 0xff;
  });
  return slipCodeFrom(bytes);
}

/** The place of a door: entrance and floor by index, room by its label. */
export function placeOf(
  community: DemoCommunity,
  estate: DemoEstate,
  building: DemoBuilding,
  door: { entrance: number; floor: number; room: number },
): Place {
  const entrance = building.entrances[door.entrance];
  const floor = entrance?.floors[door.floor];
  const room = floor?.rooms[door.room];
  if (entrance === undefined || floor === undefined || room === undefined) throw new Error('No such door.');
  return {
    communityId: community.id,
    gridId: estate.gridId,
    estateId: estate.id,
    buildingId: building.id,
    entranceId: entrance.id,
    floorId: floor.id,
    roomId: room.id,
    estateName: estate.name,
    label: `${estate.name} ${building.name} ${entrance.label} ${room.label}`,
  };
}

/** A place that belongs to the grid alone. */
export const placeInGrid = (communityId: string, gridId: string, label = ''): Place => ({
  communityId,
  gridId,
  estateId: null,
  buildingId: null,
  entranceId: null,
  floorId: null,
  roomId: null,
  estateName: '',
  label,
});

export const spokenConsent = (overrides: Partial<Consent> = {}): Consent => ({
  version: CONSENT_VERSION,
  how: 'spoken',
  record: true,
  publish: true,
  sensitive: null,
  signature: null,
  ...overrides,
});

export const visitDraft = (id: string, place: Place, outcome: VisitOutcome = 'met'): MutationDraft => ({
  space: gridSpace(place.gridId),
  name: 'visit.record',
  v: 1,
  args: { id, place, outcome },
});

export const contactDraft = (
  id: string,
  gridId: string,
  contact: { name?: string; phone?: string; pin?: string; note?: string },
): MutationDraft => ({
  space: contactSpace(gridId),
  name: 'contact.put',
  v: 1,
  args: { id, name: '', phone: '', pin: '', note: '', ...contact },
});

export interface TicketWords {
  id: string;
  kind: TicketKind;
  item: string;
  text: string;
  urgent?: boolean;
  visitId?: string | null;
  slipId?: string | null;
  contactId?: string | null;
  consent?: Consent;
}

export const ticketDraft = (place: Place, words: TicketWords): MutationDraft => ({
  space: gridSpace(place.gridId),
  name: 'ticket.log',
  v: 1,
  args: {
    itemVersion: 1,
    urgent: false,
    visitId: null,
    slipId: null,
    contactId: null,
    consent: spokenConsent(),
    ...words,
    place,
  },
});

export const slipDraft = (
  gridId: string,
  slip: {
    id: string;
    code: string;
    visitId: string | null;
    ticketIds: string[];
    contactId: string;
    proof: 'phone' | 'pin';
  },
): MutationDraft => ({ space: gridSpace(gridId), name: 'slip.issue', v: 1, args: slip });

/** Any step of a ticket in its grid: `ticketStep(gridId, 'accept', { id, tier: null })`. */
export const ticketStep = (gridId: string, action: string, args: Record<string, unknown>): MutationDraft => ({
  space: gridSpace(gridId),
  name: `ticket.${action}`,
  v: 1,
  args,
});

export const claimDraft = (communityId: string, cardId: string): MutationDraft => ({
  space: wallSpace(communityId),
  name: 'claim.take',
  v: 1,
  args: { cardId },
});
