import type { CardState } from '../../domain/card/card.ts';
import type { ClaimState } from '../../domain/claim/claim-view.ts';
import type { TicketState } from '../../domain/ticket/ticket.ts';

export type Tone = 'plain' | 'good' | 'warn' | 'info' | 'alarm';

interface Look {
  tone: Tone;
  icon: string;
}

const look = (tone: Tone, icon: string): Look => ({ tone, icon });

/** A state is told by a word, a symbol and a ground; never by the colour alone. */
const TICKET: Readonly<Record<TicketState, Look>> = {
  logged: look('info', 'inbox'),
  accepted: look('info', 'check'),
  published: look('info', 'wall'),
  claimed: look('warn', 'hand'),
  dispatched: look('warn', 'send'),
  inProgress: look('warn', 'sync'),
  resolved: look('good', 'clock'),
  closed: look('good', 'delivered'),
  returned: look('alarm', 'undo'),
  declined: look('plain', 'close'),
  withdrawn: look('plain', 'undo'),
  merged: look('plain', 'merge'),
  suspended: look('plain', 'pause'),
  reopened: look('warn', 'sync'),
};

const CARD: Readonly<Record<CardState, Look>> = {
  open: look('info', 'wish'),
  claimed: look('warn', 'hand'),
  fulfilled: look('good', 'star'),
  takenDown: look('plain', 'close'),
};

const CLAIM: Readonly<Record<ClaimState, Look>> = {
  active: look('warn', 'hand'),
  inProgress: look('warn', 'sync'),
  fulfilled: look('good', 'clock'),
  confirmed: look('good', 'star'),
  released: look('plain', 'undo'),
  expired: look('plain', 'clock'),
  takenBack: look('plain', 'close'),
};

const ALL: Readonly<Record<'ticket' | 'card' | 'claim', Readonly<Record<string, Look>>>> = {
  ticket: TICKET,
  card: CARD,
  claim: CLAIM,
};

export const stateLook = (kind: 'ticket' | 'card' | 'claim', state: string): Look =>
  ALL[kind][state] ?? look('plain', 'dot');
