import type { Decision } from './decisions.ts';

/** What there is for a decision to work with. */
export interface Means {
  /** The form in which it is corrected, where it has one of its own. */
  formPath?: string;
  /** The page of its matter, where that is here. */
  openPath?: string;
  /** Something in it was written by hand. */
  hasWords: boolean;
  isHandedOver: boolean;
  isAside: boolean;
}

export interface DecisionButton {
  decision: Decision;
  /** The key of its words. */
  label: string;
  variant: 'primary' | 'secondary';
  /** It writes: while it does it takes no second tap. */
  writes: boolean;
  /** Where it leads; without it, it is done on the card. */
  to?: string;
}

interface Look {
  label: string;
  isPossible?(means: Means): boolean;
  to?(means: Means): string | undefined;
  /** It stands out where it comes first. */
  standsOut?: true;
  writes?: true;
}

const LOOKS: Readonly<Record<Decision, Look>> = {
  correct: { label: 'attention.again', standsOut: true, to: ({ formPath }) => formPath },
  handOver: {
    label: 'attention.handOver',
    standsOut: true,
    writes: true,
    isPossible: ({ isHandedOver }) => !isHandedOver,
  },
  // Without words there is nothing to take along.
  copy: { label: 'attention.copy', isPossible: ({ hasWords }) => hasWords },
  // What is not here cannot be opened.
  open: {
    label: 'attention.open',
    standsOut: true,
    isPossible: ({ openPath }) => openPath !== undefined,
    to: ({ openPath }) => openPath,
  },
  wall: { label: 'notices.wall', to: () => '/wall' },
  claims: { label: 'attention.toClaims', to: () => '/claims' },
  records: { label: 'attention.toRecords', to: () => '/records' },
  aside: { label: 'attention.aside', writes: true, isPossible: ({ isAside }) => !isAside },
};

/** Those decisions that are possible, in their order, each as the button that it is. */
export const decisionButtons = (decisions: readonly Decision[], means: Means): DecisionButton[] =>
  decisions
    .filter((decision) => LOOKS[decision].isPossible?.(means) ?? true)
    .map((decision, n) => {
      const { label, to, standsOut = false, writes = false } = LOOKS[decision];
      return { decision, label, writes, to: to?.(means), variant: n === 0 && standsOut ? 'primary' : 'secondary' };
    });
