import type { RefusalCode } from '../../../domain/mutation/refusal.ts';

/**
 * What its author can do about a record that needs a look. `correct`: edit it and send it again; `handOver`: to a
 * coordinator, to be held; `copy`: take the words along; `open`: the matter itself, where it can be put right.
 */
export type Decision = 'correct' | 'handOver' | 'copy' | 'open' | 'wall' | 'claims' | 'records' | 'aside';

export interface Standing {
  kind: 'refused' | 'returned' | 'held' | 'stuck';
  /** Of the refusal, or why it is held. */
  code: string;
  /** A logged matter has a form of its own, in which place, item and kind can be chosen anew. */
  isLog: boolean;
  /** It makes a record under an id of its own: twice is once. */
  creates: boolean;
  /** Its author may write in its space, as last told. */
  mayWrite: boolean;
}

const OF_CODE: Readonly<Record<RefusalCode, readonly (Decision | 'correctForm')[]>> = {
  invalid: ['correct'],
  forbidden: ['handOver', 'copy'],
  noAccess: ['handOver', 'copy'],
  notFound: ['copy'],
  exists: ['correctForm', 'copy'],
  state: ['correct', 'open'],
  claimTaken: ['wall'],
  claimLimit: ['correct', 'claims'],
  consentMissing: ['open', 'correct'],
  sensitivePublic: ['open', 'copy'],
  itemUnknown: ['correctForm', 'open'],
  kindNotAllowed: ['correctForm', 'open'],
  resultMissing: ['correct', 'open'],
  selfFollowUp: ['open', 'copy'],
  wrongPlace: ['correctForm', 'copy'],
  photosFull: ['open', 'correct'],
  soundsFull: ['open', 'correct'],
  inUse: ['copy'],
};

const isKnown = (code: string): code is RefusalCode => code in OF_CODE;

/** In order, the first as the one that is meant. What does not get through cannot be put aside [PS11]. */
export function decisionsFor({ kind, code, isLog, creates, mayWrite }: Standing): Decision[] {
  if (kind === 'stuck') return ['records'];
  if (kind === 'returned') return ['correct', 'copy', 'aside'];
  if (kind === 'held') {
    // Under the same id, so that nothing doubles where the held one is accepted after all.
    const goesThrough = creates && mayWrite && code !== 'moved';
    return goesThrough ? ['correct', 'copy', 'aside'] : ['copy', 'aside'];
  }
  // Another build's word may be cured by other words or not.
  const listed = isKnown(code) ? OF_CODE[code] : (['correct'] as const);
  const own = listed
    .filter((one) => one !== 'correctForm' || isLog)
    .map((one): Decision => (one === 'correctForm' ? 'correct' : one));
  const back: Decision[] = code === 'noAccess' && mayWrite ? ['correct'] : [];
  return [...back, ...own, 'aside'];
}
