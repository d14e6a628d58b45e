import type { Kysely } from 'kysely';
import { findItem } from '../../domain/catalogue/find-item.ts';
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import type { MediaRef } from '../../domain/photo/media.ts';
import type { Slip } from '../../domain/slip/slip.ts';
import { showSlipCode } from '../../domain/slip/slip-code.ts';
import { OFFICE, parseSpace, type SpaceId } from '../../domain/space/space.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { canDo } from '../../domain/ticket/ticket-transitions.ts';
import type { Database } from '../db/schema.ts';
import { readRecord } from '../sync/read-record.ts';
import { RESIDENT_ACTIONS, residentActor, type ResidentAction } from './resident-action.ts';
import { presentMatter, type ResidentMatter } from './resident-matter.ts';
import { readClockRules } from './resident-due.ts';
import { readShownMedia } from './shown-media.ts';
import type { Telephone } from './resident-pages.ts';

export interface FoundMatter {
  matter: ResidentMatter;
  actions: ResidentAction[];
  /** Photos and voice notes that are marked for the resident. */
  shown: MediaRef[];
}

/** A slip as its page shows it. */
export interface FoundSlip {
  code: string;
  shownCode: string;
  slipId: string;
  space: SpaceId;
  gridId: string;
  contactId: string;
  proof: Slip['proof'];
  community: Telephone;
  matters: FoundMatter[];
}

/** What a code leads to; undefined where it is not here, for whatever reason. `now` is what due dates are told by. */
export async function findSlip(db: Kysely<Database>, code: string, now: number): Promise<FoundSlip | undefined> {
  const row = await db.selectFrom('slip_code').selectAll().where('code', '=', code).executeTakeFirst();
  if (row === undefined) return undefined;
  const slip = (await readRecord(db, row.space, 'slip', row.slip_id))?.data;
  const space = parseSpace(row.space);
  if (slip === undefined || space === undefined) return undefined;
  const listed = await readTickets(db, row.space, slip.ticketIds);
  // A slip may name a matter that has another: one sent again as a sensitive one, above all.
  const tickets = listed.filter(({ ticket }) => ticket.slipId === row.slip_id);
  const first = tickets[0];
  // The slip may be here before its tickets are.
  if (first === undefined) return undefined;
  const clock = { rules: await readClockRules(db), now };
  return {
    code,
    shownCode: showSlipCode(code),
    slipId: row.slip_id,
    space: row.space,
    gridId: space.owner,
    contactId: slip.contactId,
    proof: slip.proof,
    community: await communityTelephone(db, first.ticket.place.communityId),
    matters: await Promise.all(
      tickets.map(async ({ id, ticket }) => ({
        matter: presentMatter(id, ticket, await itemName(db, ticket), await mergedTarget(db, row.space, ticket), clock),
        shown: await readShownMedia(db, ticket),
        actions: RESIDENT_ACTIONS.filter((action) => canDo(residentActor(row.slip_id), action, ticket)),
      })),
    ),
  };
}

async function readTickets(
  db: Kysely<Database>,
  space: SpaceId,
  ids: readonly string[],
): Promise<{ id: string; ticket: Ticket }[]> {
  const found = await Promise.all(ids.map((id) => readRecord(db, space, 'ticket', id)));
  return found.flatMap((record) => (record === undefined ? [] : [{ id: record.id, ticket: record.data }]));
}

async function itemName(db: Kysely<Database>, ticket: Ticket): Promise<string> {
  const catalogue: Catalogue | undefined = (await readRecord(db, OFFICE, 'catalogue', `v${ticket.itemVersion}`))?.data;
  return (catalogue === undefined ? undefined : findItem(catalogue, ticket.item)?.name) ?? ticket.item;
}

const mergedTarget = async (db: Kysely<Database>, space: SpaceId, ticket: Ticket): Promise<Ticket | undefined> =>
  ticket.mergedInto === null ? undefined : (await readRecord(db, space, 'ticket', ticket.mergedInto))?.data;

/** The community's own telephone, else the office's. */
async function communityTelephone(db: Kysely<Database>, communityId: string): Promise<Telephone> {
  const community = (await readRecord(db, OFFICE, 'community', communityId))?.data;
  if (community !== undefined && community.phone !== '') return { name: community.name, phone: community.phone };
  return officeTelephone(db);
}

export async function officeTelephone(db: Kysely<Database>): Promise<Telephone> {
  const office = (await readRecord(db, OFFICE, 'office', 'office'))?.data;
  return { name: office?.name ?? '', phone: office?.phone ?? '' };
}
