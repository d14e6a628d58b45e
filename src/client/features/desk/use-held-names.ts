import { claimViewIdOf } from '../../../domain/claim/claim-view-id.ts';
import { findPart } from '../../../domain/building/layout.ts';
import { isFields } from '../../../domain/mutation/is-fields.ts';
import { communitySpace, gridSpace, parseSpace, wallSpace } from '../../../domain/space/space.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import type { HeldEntry } from '../../../protocol/desk-messages.ts';
import type { View, ViewRecord } from '../../../sync/engine-api.ts';
import { useItemName } from '../../composables/use-catalogue.ts';
import { ticketsInConflict } from './tickets-in-conflict.ts';

/** Its claimer alone has the view of a claim; the wall says which wish was claimed. */
const claimedCard = (communityId: string, id: string, view: View): string | undefined =>
  view
    .list({ space: wallSpace(communityId), kind: 'card', index: 'all' })
    .find(({ data: { ticketId, claim } }) => claim !== null && claimViewIdOf(ticketId, claim.mid) === id)?.data.text;

/** A contact is on no device: it is told by the matter that has it. */
function ticketOfContact(space: string, id: string, view: View): Ticket | undefined {
  const parsed = parseSpace(space);
  if (parsed?.kind !== 'contact') return undefined;
  const all = view.list({ space: gridSpace(parsed.owner), kind: 'ticket', index: 'all' });
  return all.find(({ data }) => data.contactId === id)?.data;
}

/** What an id in something held stands for, as far as this device has it: '' where it has not, and nobody could read it. */
export function useHeldNames(): (entry: HeldEntry, id: string, view: View) => string {
  const itemName = useItemName();

  const ticketName = ({ item, itemVersion, place }: Ticket): string =>
    `${itemName(item, itemVersion)} · ${place.label}`;

  function conflictName({ space, data }: ViewRecord<'conflict'>, view: View): string {
    const [ticket] = ticketsInConflict([{ space, data } as ViewRecord<'conflict'>], view);
    if (ticket) return ticketName(ticket.data);
    for (const kind of ['community', 'building', 'estate', 'grid'] as const) {
      const name = view.get(space, kind, data.recordId)?.data.name;
      if (name !== undefined) return name;
    }
    return '';
  }

  function nameOf({ space, communityId, args }: HeldEntry, id: string, view: View): string {
    const ticket = view.get(space, 'ticket', id)?.data;
    if (ticket) return ticketName(ticket);
    const card = view.get(space, 'card', id)?.data;
    if (card) return card.text;
    const home = communitySpace(communityId ?? '');
    for (const kind of ['building', 'estate', 'grid'] as const) {
      const name = view.get(home, kind, id)?.data.name;
      if (name !== undefined) return name;
    }
    const conflict = view.get(space, 'conflict', id);
    if (conflict) return conflictName(conflict, view);
    const claimed = communityId === null ? undefined : claimedCard(communityId, id, view);
    if (claimed !== undefined) return claimed;
    const contactOf = ticketOfContact(space, id, view);
    if (contactOf) return ticketName(contactOf);
    const building = isFields(args) ? view.get(home, 'building', String(args['id']))?.data : undefined;
    return building ? (findPart(building, id)?.label ?? '') : '';
  }

  return nameOf;
}
