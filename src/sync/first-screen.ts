import { contentHash } from '../protocol/digest.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { Kind } from '../domain/record/record.ts';
import type { CountQuery, View, ViewQuery, ViewRecord } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { HeldDecision } from './held-decision.ts';
import type { OfAny } from './view.ts';

/** One question to the view, as it was asked. */
export type Question =
  | readonly ['has' | 'get', SpaceId, Kind, string]
  | readonly ['list', OfAny<ViewQuery>]
  | readonly ['count', OfAny<CountQuery>];

/** What the first screen asked of the view and of the tray, and what both answered: shown at the next start, before a space is read. */
export interface FirstScreen {
  /** Of all that the answers follow from: they hold as long as the stores say the same. */
  stamp: number;
  answers: readonly (readonly [Question, unknown])[];
  openConflicts: number;
  decisions: ReadonlyMap<string, HeldDecision>;
}

export const keyOf = (question: Question): string => JSON.stringify(question);

export function answerOf(view: View, question: Question): unknown {
  switch (question[0]) {
    case 'list':
      return view.list(question[1] as ViewQuery);
    case 'count':
      return view.count(question[1] as CountQuery);
    case 'has':
      return view.has(question[1], question[2], question[3]);
    case 'get':
      return view.get(question[1], question[2], question[3]);
  }
}

const NONE = { list: (): ViewRecord[] => [], count: () => 0, has: () => false, get: () => undefined };

/** What there is to say before a question is answered. */
export const noAnswerTo = (question: Question): unknown => NONE[question[0]]();

/**
 * What the view and the tray answer is reckoned from this and nothing else: which rows the spaces have, what waits over
 * them, and who looks.
 */
export function stampOf(memory: EngineMemory): number {
  const { deps, meta, state, spaces, rows, media } = memory;
  return contentHash(
    JSON.stringify([
      deps.build,
      meta.clientId,
      meta.leftOut,
      state.epoch,
      state.allowed,
      state.member,
      [...spaces.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      rows.map((row) => [row.mid, row.seq, row.settledAt !== null, row.asideAt !== null]),
      media.map(({ sha, refused, asideAt }) => [sha, refused, asideAt !== null]),
    ]),
  );
}
