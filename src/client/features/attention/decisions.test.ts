import { expect, test } from 'vitest';
import { REFUSAL_CODES, type RefusalCode } from '../../../domain/mutation/refusal.ts';
import { decisionsFor, type Decision, type Standing } from './decisions.ts';

const standing = (over: Partial<Standing>): Standing => ({
  ...{ kind: 'refused', code: 'invalid', isLog: false, creates: false, mayWrite: true },
  ...over,
});

/** Code, what can be done about a step, what about a logged matter, and why. */
const TABLE: readonly [RefusalCode, Decision[], Decision[], string][] = [
  ['invalid', ['correct'], ['correct'], 'other words cure it'],
  ['forbidden', ['handOver', 'copy'], ['handOver', 'copy'], 'a coordinator may do it, or have it done'],
  ['noAccess', ['correct', 'handOver', 'copy'], ['correct', 'handOver', 'copy'], 'access is back: it goes again'],
  ['notFound', ['copy'], ['copy'], 'what it was about is nowhere; its words go into a new record'],
  ['exists', ['copy'], ['correct', 'copy'], 'the form takes a new id; other words go on the record that is there'],
  ['state', ['correct', 'open'], ['correct', 'open'], 'somebody was before: look, then decide'],
  ['claimTaken', ['wall'], ['wall'], 'one wish has one claimer; there are others'],
  ['claimLimit', ['correct', 'claims'], ['correct', 'claims'], 'once one is finished it goes'],
  ['consentMissing', ['open', 'correct'], ['open', 'correct'], 'the consent is written down with the matter first'],
  ['sensitivePublic', ['open', 'copy'], ['open', 'copy'], 'it is published there otherwise'],
  ['itemUnknown', ['open'], ['correct', 'open'], 'another item is chosen in the form, or on the matter'],
  ['kindNotAllowed', ['open'], ['correct', 'open'], 'the same'],
  ['resultMissing', ['correct', 'open'], ['correct', 'open'], 'the result is written, or a photo of it added'],
  ['selfFollowUp', ['open', 'copy'], ['open', 'copy'], 'somebody else asks; the words may help them'],
  ['wrongPlace', ['copy'], ['correct', 'copy'], 'another place is chosen in the form'],
  ['photosFull', ['open', 'correct'], ['open', 'correct'], 'old ones are taken off first'],
  ['soundsFull', ['open', 'correct'], ['open', 'correct'], 'the same'],
  ['inUse', ['copy'], ['copy'], 'something stands there: it cannot go'],
];

test('each refusal has what can be done about it', () => {
  expect(TABLE.map(([code]) => code).toSorted()).toEqual([...REFUSAL_CODES].toSorted());
  for (const [code, step, log, why] of TABLE) {
    expect(decisionsFor(standing({ code })), `${code}: ${why}`).toEqual([...step, 'aside']);
    expect(decisionsFor(standing({ code, isLog: true, creates: true })), `${code}: ${why}`).toEqual([...log, 'aside']);
  }
});

test.each([
  ['a code of a later build may be cured by other words', { code: 'later' }, ['correct', 'aside']],
  [
    'without access it is a coordinator who decides',
    { code: 'noAccess', mayWrite: false },
    ['handOver', 'copy', 'aside'],
  ],
  [
    'what was sent back is corrected',
    { kind: 'returned', code: 'noAccess', mayWrite: false },
    ['correct', 'copy', 'aside'],
  ],
  ['what does not get through is exported, and never aside', { kind: 'stuck', code: '' }, ['records']],
  [
    'a held creation goes again where its author may write',
    { kind: 'held', code: 'fault', creates: true },
    ['correct', 'copy', 'aside'],
  ],
  [
    'so does one that was held for want of access that is back',
    { kind: 'held', code: 'noAccess', creates: true },
    ['correct', 'copy', 'aside'],
  ],
  ['a held step might be done twice', { kind: 'held', code: 'fault' }, ['copy', 'aside']],
  [
    'without access it would only be held again',
    { kind: 'held', code: 'noAccess', creates: true, mayWrite: false },
    ['copy', 'aside'],
  ],
  ['what has moved away as well', { kind: 'held', code: 'moved', creates: true }, ['copy', 'aside']],
] as const)('%s', (_why, over, decisions) => {
  expect(decisionsFor(standing(over))).toEqual(decisions);
});
