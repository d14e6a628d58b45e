import type { InferOutput } from 'valibot';
import type { Actor } from '../../domain/actor/actor.ts';
import { isContactField } from '../../domain/contact/contact-edits.ts';
import type { Contact } from '../../domain/contact/contact.ts';
import { worksInGrid } from '../../domain/grid/grid-policy.ts';
import { contactSpace, gridSpace } from '../../domain/space/space.ts';
import { dayOf, endOfDay, startOfDay } from '../../domain/time/shanghai-day.ts';
import type { revealedSchema, revealSchema } from '../../protocol/desk-messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { readRecord, readRecords } from '../sync/read-record.ts';

/** Enough for a day of calls, too little to copy a neighbourhood. */
export const REVEALS_A_DAY = 30;
export const SHOW_FOR_MS = 60_000;

/**
 * One contact, for one matter that names it, to somebody who works in its grid. The trace is written first, in the
 * transaction that counts the day: nothing is shown that left none.
 */
export async function revealContact(
  deps: Dependencies,
  actor: Actor,
  { gridId, ticketId, contactId, reason }: InferOutput<typeof revealSchema>,
): Promise<InferOutput<typeof revealedSchema>> {
  if (!worksInGrid(actor, gridId)) throw new HttpError('forbidden');
  const ticket = (await readRecord(deps.db, gridSpace(gridId), 'ticket', ticketId))?.data;
  const contact = (await readRecord(deps.db, contactSpace(gridId), 'contact', contactId))?.data;
  if (ticket?.contactId !== contactId || !contact) throw new HttpError('not_found');

  await noteReveal(deps, actor, { gridId, contactId, matterId: ticketId, reason });
  const clashes = await clashesOf(deps, gridId, contactId, contact);
  return { name: contact.name, phone: contact.phone, note: contact.note, clashes, showForMs: SHOW_FOR_MS };
}

/** The trace of one look, written before anything is shown, and counted among those of the day. */
export async function noteReveal(
  deps: Dependencies,
  actor: Actor,
  { gridId, contactId, matterId, reason }: { gridId: string; contactId: string; matterId: string; reason: string },
): Promise<void> {
  const now = deps.now();
  const today = dayOf(now);
  await deps.db.transaction().execute(async (trx) => {
    // An update that changes nothing locks the row in both engines: of two that are read at once each counts the other.
    await trx
      .updateTable('member')
      .set((eb) => ({ active: eb.ref('active') }))
      .where('id', '=', actor.id)
      .execute();
    await trx
      .insertInto('reveal')
      .values({
        id: deps.newId(),
        grid_id: gridId,
        contact_id: contactId,
        ticket_id: matterId,
        member_id: actor.id,
        member_name: actor.name,
        reason,
        at: now,
      })
      .execute();
    const { count } = await trx
      .selectFrom('reveal')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('member_id', '=', actor.id)
      .where('at', '>=', startOfDay(today))
      .executeTakeFirstOrThrow();
    if (Number(count) > REVEALS_A_DAY) {
      throw new HttpError('rate_limited', { retryAfterMs: endOfDay(today) - now });
    }
  });
}

/** What did not go in lies beside the contact, and is read with it: whoever decides has to see it. */
async function clashesOf(
  { db }: Dependencies,
  gridId: string,
  contactId: string,
  contact: Contact,
): Promise<InferOutput<typeof revealedSchema>['clashes']> {
  const conflicts = await readRecords(db, contactSpace(gridId), 'conflict');
  return conflicts
    .filter(({ data }) => data.recordId === contactId)
    .sort((a, b) => a.data.at - b.data.at)
    .map(({ id, data: { field, authorName, mine, offered = [] } }) => ({
      id,
      field,
      byName: authorName,
      standing: isContactField(field) ? contact[field] : '',
      mine,
      late: [...offered],
    }));
}
