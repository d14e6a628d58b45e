import { cardIdOf } from '../card/card-id.ts';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import type { Effect, Reaction, ReactionTx } from '../mutation/reaction.ts';
import type { AnyRecord, DomainRecord } from '../record/record.ts';
import { contactSpace, gridSpace, memberSpace, wallSpace } from '../space/space.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Building } from './building.ts';

interface Move {
  buildingId: string;
  from: string;
  to: string;
}

/**
 * What stands in a building goes with it to the other grid, under the same ids: households, visits, tickets, their
 * slips, conflicts and contacts; the cards and claims that lead to them are told.
 */
export const recordsFollowBuilding: Reaction = {
  name: 'recordsFollowBuilding',
  onApplied(changes, tx) {
    return changes.flatMap(({ kind, id, before, after }) => {
      if (kind !== 'building' || before === undefined || after === undefined) return [];
      const [from, to] = [(before as Building).gridId, (after as Building).gridId];
      return from === to ? [] : moved(tx, { buildingId: id, from, to });
    });
  },
};

function moved(tx: ReactionTx, move: Move): Effect[] {
  const records = tx.list(gridSpace(move.from));
  const leaving = new Set(records.filter((record) => standsIn(record, move)).map(({ id }) => id));
  const named = new Set(contactsOf(records.filter(({ id }) => leaving.has(id))));
  const going = records.filter((record) => leaving.has(record.id) || belongsTo(record, leaving, named));
  const staying = new Set(contactsOf(records.filter((record) => !going.includes(record))));
  const tickets = going.filter((record) => record.kind === 'ticket');
  // Tombstones first: a slip's code stands once in all spaces.
  return [
    ...going.map(({ kind, id }) => gone(gridSpace(move.from), kind, id, gridSpace(move.to))),
    ...going.map((record) => arrived(record, move)),
    ...contactsOf(going).flatMap((id) => contactMoved(tx, id, move, staying)),
    ...contactConflictsMoved(tx, named, move),
    ...tickets.flatMap((ticket) => pointersTo(tx, ticket, move.to)),
  ];
}

const standsIn = (record: AnyRecord, { buildingId }: Move): boolean =>
  (record.kind === 'household' || record.kind === 'visit' || record.kind === 'ticket') &&
  record.data.place.buildingId === buildingId;

function belongsTo(record: AnyRecord, leaving: ReadonlySet<string>, contacts: ReadonlySet<string>): boolean {
  if (record.kind === 'slip') return record.data.ticketIds.some((id) => leaving.has(id));
  if (record.kind !== 'conflict') return false;
  return leaving.has(record.data.recordId) || contacts.has(record.data.recordId);
}

const gone = (space: string, kind: AnyRecord['kind'], id: string, movedTo: string): Effect => ({
  space,
  kind,
  id,
  data: undefined,
  movedTo,
});

function arrived(record: AnyRecord, { to }: Move): Effect {
  const space = gridSpace(to);
  if (record.kind === 'household' || record.kind === 'visit' || record.kind === 'ticket') {
    const data = { ...record.data, place: { ...record.data.place, gridId: to } };
    return { space, kind: record.kind, id: record.id, data } as Effect;
  }
  return { space, kind: record.kind, id: record.id, data: record.data } as Effect;
}

const contactOf = (record: AnyRecord): string | null =>
  record.kind === 'ticket' || record.kind === 'slip' ? record.data.contactId : null;

const contactsOf = (records: readonly AnyRecord[]): string[] => [
  ...new Set(records.map(contactOf).filter((id) => id !== null)),
];

/** A contact that a matter elsewhere in the old grid names too stays there as well. */
function contactMoved(tx: ReactionTx, id: string, { from, to }: Move, staying: ReadonlySet<string>): Effect[] {
  const data = tx.get(contactSpace(from), 'contact', id);
  return [
    ...(staying.has(id) ? [] : [gone(contactSpace(from), 'contact', id, contactSpace(to))]),
    ...(data === undefined ? [] : [{ space: contactSpace(to), kind: 'contact' as const, id, data }]),
  ];
}

/** Their masked copies go with the grid's records; the values themselves go with the contact. */
function contactConflictsMoved(tx: ReactionTx, contacts: ReadonlySet<string>, { from, to }: Move): Effect[] {
  const kept = tx.list(contactSpace(from)).filter((one) => one.kind === 'conflict' && contacts.has(one.data.recordId));
  return kept.flatMap(({ id, data }) => [
    gone(contactSpace(from), 'conflict', id, contactSpace(to)),
    { space: contactSpace(to), kind: 'conflict', id, data } as Effect,
  ]);
}

function pointersTo(tx: ReactionTx, { id, data }: DomainRecord<'ticket'>, gridId: string): Effect[] {
  const { communityId } = (data satisfies Ticket).place;
  const cardId = cardIdOf(id);
  const card = tx.get(wallSpace(communityId), 'card', cardId);
  if (card === undefined) return [];
  const effects: Effect[] = [{ space: wallSpace(communityId), kind: 'card', id: cardId, data: { ...card, gridId } }];
  if (card.claim === null) return effects;
  const space = memberSpace(card.claim.memberId);
  const viewId = claimViewIdOf(id, card.claim.mid);
  const view = tx.get(space, 'claimView', viewId);
  if (view !== undefined) effects.push({ space, kind: 'claimView', id: viewId, data: { ...view, gridId } });
  return effects;
}
