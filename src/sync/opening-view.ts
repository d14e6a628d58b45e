import type { View } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import { answerOf, keyOf, noAnswerTo } from './first-screen.ts';
import type { FirstScreen, Question } from './first-screen.ts';

/** A screen asks less than this; whoever asks more shows no first screen, but goes through a list. */
const QUESTIONS_NOTED = 200;

/**
 * The view until the spaces are read: what was kept of the first screen answers, and of nothing else there is a whole answer.
 * Notes what is asked until the person goes on to another screen, for the next start.
 */
export interface OpeningView extends View {
  /** What was asked so far; null where it was too much to keep. */
  asked(): readonly Question[] | null;
  /** What is asked from now on belongs to another screen. */
  leave(): void;
}

export function createOpeningView(memory: EngineMemory, view: View, opened: () => Promise<void>): OpeningView {
  const noted = new Map<string, Question>();
  let isNoting = true;
  let known: { first: FirstScreen; answers: ReadonlyMap<string, unknown> } | null = null;

  const answersOf = (first: FirstScreen): ReadonlyMap<string, unknown> => {
    if (known?.first !== first) {
      known = { first, answers: new Map(first.answers.map(([question, answer]) => [keyOf(question), answer])) };
    }
    return known.answers;
  };

  const ask = <T>(question: Question): T => {
    const { first } = memory;
    if (first === null && !isNoting) return answerOf(view, question) as T;
    const key = keyOf(question);
    if (isNoting) noted.set(key, question);
    if (noted.size > QUESTIONS_NOTED) isNoting = false;
    if (first === null) return answerOf(view, question) as T;
    const answers = answersOf(first);
    if (answers.has(key)) return answers.get(key) as T;
    memory.bodies.misses += 1;
    return noAnswerTo(question) as T;
  };

  return {
    has: (space: SpaceId, kind: Kind, id: string) => ask(['has', space, kind, id]),
    get: (space, kind, id) => ask(['get', space, kind, id]),
    list: (query) => ask(['list', query]),
    count: (query) => ask(['count', query]),
    read: view.read,
    whole: async (question) => {
      await opened();
      return view.whole(question);
    },
    onChange: view.onChange,
    asked: () => (noted.size > QUESTIONS_NOTED ? null : [...noted.values()]),
    leave: () => {
      isNoting = false;
    },
  };
}
