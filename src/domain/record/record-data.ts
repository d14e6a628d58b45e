import type { Building } from '../building/building.ts';
import type { Card } from '../card/card.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ClaimView } from '../claim/claim-view.ts';
import type { Community } from '../community/community.ts';
import type { Conflict } from '../conflict/conflict.ts';
import type { OwnConflict } from '../conflict/own-conflict.ts';
import type { Contact } from '../contact/contact.ts';
import type { Estate } from '../estate/estate.ts';
import type { Grid } from '../grid/grid.ts';
import type { Household } from '../household/household.ts';
import type { Member } from '../member/member.ts';
import type { Notice } from '../notice/notice.ts';
import type { Office } from '../office/office.ts';
import type { Slip } from '../slip/slip.ts';
import type { TermTable } from '../term/term-table.ts';
import type { YearDays } from '../term/year-days.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Visit } from '../visit/visit.ts';

/** The shape of `data` for each kind, and in which space it lives. */
export interface RecordData {
  /** office */
  office: Office;
  /** office; id `v<version>` */
  catalogue: Catalogue;
  /** office; id `terms` */
  terms: TermTable;
  /** office; id is the year */
  workdays: YearDays;
  /** office */
  community: Community;
  /** community:<id> */
  grid: Grid;
  /** community:<id> */
  estate: Estate;
  /** community:<id> */
  building: Building;
  /** grid:<id>; id is the UUIDv5 of its place */
  household: Household;
  /** grid:<id> */
  visit: Visit;
  /** grid:<id> */
  slip: Slip;
  /** grid:<id> */
  ticket: Ticket;
  /** contact:<gridId> */
  contact: Contact;
  /** wall:<communityId>; id is the UUIDv5 of its ticket */
  card: Card;
  /** member:<id>; id is the UUIDv5 of ticket and claim */
  claimView: ClaimView;
  /** member:<id> */
  notice: Notice;
  /** member:<id>; id is the member's */
  member: Member;
  /** the space in which two values met */
  conflict: Conflict;
  /** member:<id>; id is the conflict's */
  ownConflict: OwnConflict;
}
