import type { Place } from '../../../domain/place/place.ts';
import type { Slip } from '../../../domain/slip/slip.ts';
import { gridSpace } from '../../../domain/space/space.ts';
import { dayOf } from '../../../domain/time/shanghai-day.ts';
import type { View, ViewRecord } from '../../../sync/engine-api.ts';
import { NOTHING_YET, type Reuse } from './log-requests.ts';

/** Today's visit of this member that met somebody at this door. */
export function metToday(view: View, memberId: string, place: Place, now: number): ViewRecord<'visit'> | undefined {
  if (place.roomId === null) return undefined;
  return view
    .list({ space: gridSpace(place.gridId), kind: 'visit', index: 'byRoom', key: place.roomId, order: 'desc' })
    .find(({ data }) => data.outcome === 'met' && data.byId === memberId && dayOf(data.at) === dayOf(now));
}

const isSensitive = (view: View, slip: ViewRecord<'slip'>): boolean =>
  slip.data.ticketIds.some((id) => view.get(slip.space, 'ticket', id)?.data.sensitive === true);

/** The same door; without one, the same building. */
const isAt = (a: Place, b: Place): boolean =>
  a.gridId === b.gridId && a.buildingId === b.buildingId && a.roomId === b.roomId;

/** Another household's matter never goes onto a slip that somebody else holds: its place may have been changed in the form. */
const standsAt = (view: View, slip: ViewRecord<'slip'>, place: Place): boolean =>
  slip.data.ticketIds.length > 0 &&
  slip.data.ticketIds.every((id) => {
    const ticket = view.get(slip.space, 'ticket', id);
    return ticket !== undefined && isAt(ticket.data.place, place);
  });

const kept = (slip: Pick<Slip, 'contactId' | 'proof'>): Reuse['contact'] => ({
  id: slip.contactId,
  pin: '',
  put: false,
  proof: slip.proof,
});

/**
 * What a further matter at the same door shares with the first: the visit, the contact and the slip.
 * A sensitive matter never shares a slip, for who reads one code reads all that it opens.
 * `slipId` names the slip to go on with where there is no visit to find it by, and its matters stand at the same place.
 */
export function reuseAt(
  view: View,
  memberId: string,
  asked: { place: Place; sensitive: boolean; slipId: string | null },
  now: number,
): Reuse {
  const space = gridSpace(asked.place.gridId);
  const visit = metToday(view, memberId, asked.place, now);
  const named = asked.slipId === null ? undefined : view.get(space, 'slip', asked.slipId);
  const slips = visit
    ? view.list({ space, kind: 'slip', index: 'byVisit', key: visit.id })
    : named && named.data.visitId === null && standsAt(view, named, asked.place)
      ? [named]
      : [];
  const shared = asked.sensitive ? undefined : slips.find((slip) => !isSensitive(view, slip));
  const [first] = slips;
  return {
    ...NOTHING_YET,
    visit: visit ? { id: visit.id, record: false } : null,
    contact: shared ? kept(shared.data) : first ? kept(first.data) : null,
    slip: shared ? { id: shared.id, code: shared.data.code, proof: shared.data.proof, todo: 'add' } : null,
  };
}

/**
 * A refused matter that comes back as a sensitive one leaves the slip that others stand on, and gets one of its own.
 * The digits that the resident was told open that one too. Who stands on a slip that is not here nobody knows.
 */
export function leaveSharedSlip(view: View, place: Place, reuse: Reuse): Reuse {
  const slip = reuse.slip && view.get(gridSpace(place.gridId), 'slip', reuse.slip.id);
  if (!slip) return reuse.slip === null || reuse.slip.todo === 'issue' ? reuse : { ...reuse, slip: null };
  if (slip.data.ticketIds.every((id) => id === reuse.ticketId)) return reuse;
  return { ...reuse, slip: null, contact: reuse.contact && { ...reuse.contact, proof: slip.data.proof } };
}
