import type { TicketState } from '../../domain/ticket/ticket.ts';

export type Tone = 'plain' | 'good' | 'warn' | 'info' | 'alarm';

interface Look {
  tone: Tone;
  icon: string;
}

const look = (tone: Tone, icon: string): Look => ({ tone, icon });

/** A state is told by a word, a symbol and a ground; never by the colour alone. */
export const STATE_LOOKS: Readonly<Record<TicketState, Look>> = {
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
