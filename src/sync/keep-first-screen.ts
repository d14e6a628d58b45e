import type { EngineMemory } from './engine-memory.ts';
import { answerOf, keyOf, stampOf } from './first-screen.ts';
import type { FirstScreen, Question } from './first-screen.ts';
import { heldDecisions } from './held-decision.ts';
import type { OpeningView } from './opening-view.ts';
import type { CachedSpace } from './cache-port.ts';
import { openConflicts } from './waiting-list.ts';

/** So long nothing moves before it is kept: a pull would have it written with each page. */
const QUIET_MS = 500;
/** A screen that shows more records than this is read as it always was. */
const RECORDS_KEPT = 1000;

export interface FirstScreenKeeper {
  /** Something moved, or was read for the first time. */
  moved(): void;
  stop(): void;
}

/** Keeps what the first screen shows, so that the next start shows it before anything is read. */
export function createFirstScreenKeeper(memory: EngineMemory, view: OpeningView): FirstScreenKeeper {
  const { cache, clock } = memory.deps;
  let cancel = (): void => undefined;
  let kept: FirstScreen | null = memory.first;
  let isTooLarge = false;

  const look = (questions: readonly Question[]): { screen: FirstScreen; spaces: CachedSpace[] } => {
    const answers = questions.map((question) => [question, answerOf(view, question)] as const);
    const tray = { openConflicts: openConflicts(memory), decisions: heldDecisions(memory) };
    return { screen: { stamp: stampOf(memory), answers, ...tray }, spaces: [...memory.spaces.values()] };
  };

  const keep = async (): Promise<void> => {
    const questions = isTooLarge ? null : view.asked();
    if (questions === null || questions.length === 0) return;
    if (kept?.stamp === stampOf(memory) && knowsAll(kept, questions)) return;
    const { screen, spaces } = await view.whole(() => look(questions));
    isTooLarge = recordsIn(screen) > RECORDS_KEPT;
    if (isTooLarge) return;
    await cache.keepFirstScreen(screen, spaces);
    kept = screen;
  };

  return {
    moved: () => {
      cancel();
      // Where there is no room for it, or the store is away, the next start reads everything first.
      cancel = clock.after(QUIET_MS, () => void keep().catch(() => undefined));
    },
    stop: () => {
      cancel();
    },
  };
}

function knowsAll({ answers }: FirstScreen, questions: readonly Question[]): boolean {
  const known = new Set(answers.map(([question]) => keyOf(question)));
  return questions.every((question) => known.has(keyOf(question)));
}

const recordsIn = ({ answers }: FirstScreen): number =>
  answers.reduce((sum, [, answer]) => sum + (Array.isArray(answer) ? answer.length : 1), 0);
