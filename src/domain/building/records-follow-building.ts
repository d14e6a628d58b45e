import { claimViewIdOf } from '../claim/claim-view-id.ts';
import type { Effect, Reaction, ReactionTx } from '../mutation/reaction.ts';
import type { AnyRecord } from '../record/record.ts';
import { contactSpace, gridSpace, memberSpace, ownerOf, wallSpace } from '../space/space.ts';
import type { Building } from './building.ts';

interface Move {
  buildingId: string;
  communityId: string;
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
    return changes.flatMap(({ space, kind, id, before, after }) => {
      if (kind !== 'building' || before === undefined || after === undefined) return [];
      const [from, to] = [(before as Building).gridId, (after as Building).gridId];
      if (from === to) return [];
      return moved(tx, { buildingId: id, communityId: ownerOf(space), from, to });
    });
  },
};

function moved(tx: ReactionTx, move: Move): Effect[] {
  const records = tx.list(gridSpace(move.from));
  const tickets = records.filter((record) => record.kind === 'ticket');
  const leaving = new Set(records.filter((record) => standsIn(record, move)).map(({ id }) => id));
  const staying = new Set(tickets.filter(({ id }) => !leaving.has(id)).map(({ id }) => id));
  const named = new Set(contactsOf(records.filter(({ id }) => leaving.has(id))));
  const goes = (record: AnyRecord): boolean => leaving.has(record.id) || belongsTo(record, { leaving, staying, named });
  const going = records.filter(goes);
  const needed = new Set(contactsOf(records.filter((record) => !goes(record))));
  // Tombstones first: a slip's code stands once in all spaces.
  return [
    ...going.map(({ kind, id }) => gone(gridSpace(move.from), kind, id, gridSpace(move.to))),
    ...going.map((record) => arrived(record, move)),
    ...slipsExpected(records, going).map((id) => ledOn(gridSpace(move.from), id, gridSpace(move.to))),
    ...contactsMoved(tx, new Set(contactsOf(going)), needed, move),
    ...contactConflictsMoved(tx, named, move),
    ...ownConflictsMoved(tx, going, move),
    ...pointersTo(tx, new Set(tickets.filter(goes).map(({ id }) => id)), move),
  ];
}

const standsIn = (record: AnyRecord, { buildingId }: Move): boolean =>
  (record.kind === 'household' || record.kind === 'visit' || record.kind === 'ticket') &&
  record.data.place.buildingId === buildingId;

interface Parts {
  leaving: ReadonlySet<string>;
  /** Tickets that do not leave. */
  staying: ReadonlySet<string>;
  /** Contacts of what leaves. */
  named: ReadonlySet<string>;
}

/** A slip goes with its tickets, unless one of them stays: whoever holds it must still find that one. */
function belongsTo(record: AnyRecord, { leaving, staying, named }: Parts): boolean {
  if (record.kind === 'slip') {
    const { ticketIds } = record.data;
    return ticketIds.some((id) => leaving.has(id)) && !ticketIds.some((id) => staying.has(id));
  }
  if (record.kind !== 'conflict') return false;
  return leaving.has(record.data.recordId) || named.has(record.data.recordId);
}

/** Slips of what goes that have not come yet, and that nothing which stays waits for. */
function slipsExpected(records: readonly AnyRecord[], going: readonly AnyRecord[]): string[] {
  const slipOf = (record: AnyRecord): string | null => (record.kind === 'ticket' ? record.data.slipId : null);
  const here = new Set(records.filter(({ kind }) => kind === 'slip').map(({ id }) => id));
  const leaving = new Set(going);
  const waitedFor = new Set(records.filter((record) => !leaving.has(record)).map(slipOf));
  const named = new Set(going.map(slipOf).filter((id) => id !== null));
  return [...named].filter((id) => !here.has(id) && !waitedFor.has(id));
}

const gone = (space: string, kind: AnyRecord['kind'], id: string, movedTo: string): Effect => ({
  space,
  kind,
  id,
  data: undefined,
  movedTo,
});

const ledOn = (space: string, id: string, ledOnTo: string): Effect => ({
  space,
  kind: 'slip',
  id,
  data: undefined,
  ledOnTo,
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

const contactsOf = (records: readonly AnyRecord[]): string[] => records.map(contactOf).filter((id) => id !== null);

/**
 * A contact that a matter elsewhere in the old grid names too stays there as well. One that came to the new grid
 * before, and may have been corrected there, is left as it is.
 */
function contactsMoved(
  tx: ReactionTx,
  contacts: ReadonlySet<string>,
  needed: ReadonlySet<string>,
  { from, to }: Move,
): Effect[] {
  const [old, present] = [contactSpace(from), contactSpace(to)];
  const standing = new Map(tx.list(old).map((record) => [record.id, record]));
  const there = new Set(tx.list(present).map(({ id }) => id));
  return [...contacts].flatMap((id): Effect[] => {
    const record = standing.get(id);
    return [
      ...(needed.has(id) ? [] : [gone(old, 'contact', id, present)]),
      ...(record?.kind === 'contact' && !there.has(id)
        ? [{ space: present, kind: 'contact' as const, id, data: record.data }]
        : []),
    ];
  });
}

/** Their masked copies go with the grid's records; the values themselves go with the contact. */
function contactConflictsMoved(tx: ReactionTx, contacts: ReadonlySet<string>, { from, to }: Move): Effect[] {
  const kept = tx.list(contactSpace(from)).filter((one) => one.kind === 'conflict' && contacts.has(one.data.recordId));
  return kept.flatMap(({ id, data }) => [
    gone(contactSpace(from), 'conflict', id, contactSpace(to)),
    { space: contactSpace(to), kind: 'conflict', id, data } as Effect,
  ]);
}

/** What an author has of a conflict says in which grid it is to be decided. */
function ownConflictsMoved(tx: ReactionTx, going: readonly AnyRecord[], { to }: Move): Effect[] {
  return going.flatMap((record): Effect[] => {
    if (record.kind !== 'conflict') return [];
    const space = memberSpace(record.data.authorId);
    const own = tx.get(space, 'ownConflict', record.id);
    if (own === undefined) return [];
    return [{ space, kind: 'ownConflict', id: record.id, data: { ...own, space: gridSpace(to) } }];
  });
}

/** Cards on the wall, and the views of those who claimed them. */
function pointersTo(tx: ReactionTx, tickets: ReadonlySet<string>, { communityId, to }: Move): Effect[] {
  const wall = wallSpace(communityId);
  return tx.list(wall).flatMap((card): Effect[] => {
    if (card.kind !== 'card' || !tickets.has(card.data.ticketId)) return [];
    const { claim, ticketId } = card.data;
    const effects: Effect[] = [{ space: wall, kind: 'card', id: card.id, data: { ...card.data, gridId: to } }];
    if (claim === null) return effects;
    const space = memberSpace(claim.memberId);
    const id = claimViewIdOf(ticketId, claim.mid);
    const view = tx.get(space, 'claimView', id);
    return view === undefined ? effects : [...effects, { space, kind: 'claimView', id, data: { ...view, gridId: to } }];
  });
}
