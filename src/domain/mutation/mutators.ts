import { createBuilding, renameBuilding } from '../building/building-mutators.ts';
import { moveBuilding } from '../building/move-building.ts';
import { addEntrance, addFloor, addRoom, relabelPart, removePart } from '../building/layout-mutators.ts';
import { fulfilClaim, progressClaim, releaseClaim } from '../claim/claim-steps.ts';
import { expireClaim } from '../claim/expire-claim.ts';
import { takeClaim } from '../claim/take-claim.ts';
import { createCommunity, editCommunity } from '../community/community-mutators.ts';
import { putAsideConflict } from '../conflict/put-aside-conflict.ts';
import { putAsideOwnConflict } from '../conflict/put-aside-own-conflict.ts';
import { resolveConflict } from '../conflict/resolve-conflict.ts';
import { amendContact } from '../contact/amend-contact.ts';
import { putContact } from '../contact/put-contact.ts';
import { createEstate, renameEstate } from '../estate/estate-mutators.ts';
import { createGrid, renameGrid } from '../grid/grid-mutators.ts';
import { setMember } from '../member/set-member.ts';
import { readNotice } from '../notice/read-notice.ts';
import { tellNotice } from '../notice/tell-notice.ts';
import { createOffice, editOffice } from '../office/office-mutators.ts';
import { publishCatalogue } from '../office/publish-catalogue.ts';
import { addClaimMedia } from '../photo/claim-media.ts';
import { addTicketMedia, removeTicketMedia, showTicketMedia } from '../photo/ticket-media.ts';
import { addToSlip, issueSlip } from '../slip/slip-mutators.ts';
import { editTerms, editWorkdays } from '../term/term-mutators.ts';
import { amendTicket } from '../ticket/amend-ticket.ts';
import { addToTicket, confirmTicket, followUpTicket, rateTicket, reopenTicket } from '../ticket/closing-steps.ts';
import { logTicket } from '../ticket/log-ticket.ts';
import {
  acceptTicket,
  declineTicket,
  mergeTicket,
  resubmitTicket,
  resumeTicket,
  returnTicket,
  suspendTicket,
  withdrawTicket,
} from '../ticket/triage-steps.ts';
import {
  dispatchTicket,
  progressTicket,
  publishTicket,
  resolveTicket,
  startTicket,
  unpublishTicket,
} from '../ticket/work-steps.ts';
import { recordVisit } from '../visit/record-visit.ts';
import type { Mutator } from './mutator.ts';
import type { MutatorRegistry } from './mutator-registry.ts';

const LIST: readonly Mutator[] = [
  createOffice,
  editOffice,
  publishCatalogue,
  editTerms,
  editWorkdays,
  createCommunity,
  editCommunity,
  createGrid,
  renameGrid,
  createEstate,
  renameEstate,
  createBuilding,
  renameBuilding,
  moveBuilding,
  addEntrance,
  addFloor,
  addRoom,
  relabelPart,
  removePart,
  recordVisit,
  putContact,
  amendContact,
  issueSlip,
  addToSlip,
  logTicket,
  amendTicket,
  resubmitTicket,
  withdrawTicket,
  acceptTicket,
  returnTicket,
  declineTicket,
  mergeTicket,
  publishTicket,
  unpublishTicket,
  dispatchTicket,
  startTicket,
  progressTicket,
  resolveTicket,
  followUpTicket,
  suspendTicket,
  resumeTicket,
  reopenTicket,
  confirmTicket,
  rateTicket,
  addToTicket,
  addTicketMedia,
  removeTicketMedia,
  showTicketMedia,
  takeClaim,
  expireClaim,
  progressClaim,
  addClaimMedia,
  fulfilClaim,
  releaseClaim,
  readNotice,
  tellNotice,
  setMember,
  putAsideConflict,
  putAsideOwnConflict,
  resolveConflict,
];

/** Every mutation that there is, by its name. */
export const mutators: MutatorRegistry = new Map(LIST.map((mutator) => [mutator.name, mutator]));
