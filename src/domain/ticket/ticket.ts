import type { Consent } from '../consent/consent.ts';
import type { MediaRef } from '../photo/media.ts';
import type { Place } from '../place/place.ts';
import type { Tier } from '../catalogue/catalogue.ts';

export type TicketKind = 'issue' | 'wish';

export type TicketState =
  | 'logged' // 待受理
  | 'accepted' // 已受理
  | 'published' // 已发布
  | 'claimed' // 已认领
  | 'dispatched' // 已派单
  | 'inProgress' // 办理中
  | 'resolved' // 待确认: a result is there, the resident's word is not
  | 'closed' // 已办结 / 已实现
  | 'returned' // 退回补充: with the volunteer
  | 'declined' // 不予受理, with a reason that the resident can read
  | 'withdrawn' // 已撤回
  | 'merged' // 已合并
  | 'suspended' // 挂账, reviewed monthly
  | 'reopened'; // 重新办理

/** Apart from the state: what came of it. */
export type Outcome = 'solved' | 'partlySolved' | 'notSolvable';

/** 满意, 基本满意, 不满意 */
export type Satisfaction = 'satisfied' | 'fairlySatisfied' | 'dissatisfied';

/** 问题 / 微心愿: what was logged at the door; one life, one state machine. */
export interface Ticket {
  kind: TicketKind;
  state: TicketState;
  outcome: Outcome | null;
  item: string;
  itemVersion: number;
  /** What was said, in the volunteer's words. Never on the wall. */
  text: string;
  urgent: boolean;
  tier: Tier;
  sensitive: boolean;
  place: Place;
  householdId: string | null;
  visitId: string | null;
  slipId: string | null;
  contactId: string | null;
  consent: Consent;
  loggedBy: string;
  loggedByName: string;
  /** Server's reckoning: now − (sentAt − at); the clocks run from it. */
  loggedAt: number;
  /** What the phone's clock said. */
  deviceAt: number;
  /** Who works on it, as others may see it; the unit's name for a dispatched ticket. */
  handlerId: string | null;
  handlerName: string;
  leadUnit: string;
  jointUnits: string[];
  mergedInto: string | null;
  /** Day (YYYY-MM-DD) on which a suspended ticket is looked at again. */
  reviewOn: string | null;
  /** What was written at the end; may be empty where a photo shows it. */
  result: string;
  satisfaction: Satisfaction | null;
  /** Photos and voice notes, read through `mediaOf`: tickets from before there were any lack it. */
  media?: readonly MediaRef[];
  timeline: TimelineEntry[];
  updatedAt: number;
}

/** What happened; `text` is shown to the resident only where `open` is true. */
export interface TimelineEntry {
  id: string;
  at: number;
  action: TimelineAction;
  byId: string;
  byName: string;
  byRole: 'volunteer' | 'coordinator' | 'claimer' | 'resident' | 'timer';
  text: string;
  open: boolean;
}

export type TimelineAction =
  | 'logged'
  | 'amended'
  | 'resubmitted'
  | 'accepted'
  | 'returned'
  | 'declined'
  | 'withdrawn'
  | 'merged'
  | 'published'
  | 'unpublished'
  | 'claimed'
  | 'released'
  | 'expired'
  | 'dispatched'
  | 'started'
  | 'progress'
  | 'resolved'
  | 'confirmed'
  | 'followedUp'
  | 'rated'
  | 'added'
  | 'reopened'
  | 'suspended'
  | 'resumed'
  | 'revealed'
  | 'mediaAdded'
  | 'mediaRemoved'
  | 'mediaShown'
  | 'mediaHidden';
