import { computed, reactive, watch, type ComputedRef, type Ref } from 'vue';
import { lateText } from '../../../domain/conflict/decision.ts';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import type { OwnWords } from './own-words.ts';
import { useDraft } from '../../composables/use-draft.ts';
import { useSession } from '../../stores/session.ts';

const PREFIX = 'conflict:';

/** A third text while it is written. It begins with what its author wrote last; of a contact only `own` has it. */
export function useThirdText(
  conflict: () => ViewRecord<'conflict'>,
  own: () => OwnWords,
): {
  text: Ref<string>;
  /** Something stands in it that was not sent. */
  isUnsent: ComputedRef<boolean>;
  clear(): Promise<void>;
} {
  const beginning = (): string => {
    const { data } = conflict();
    if (data.kind === 'contact') return own().late ?? own().mine ?? '';
    return lateText(data) ?? data.mine;
  };
  const { draft, startOver, clear } = useDraft(() => PREFIX + conflict().id, beginning);
  watch(beginning, startOver);
  return { text: draft, isUnsent: computed(() => draft.value !== beginning()), clear };
}

/** Which conflicts somebody writes a third text for, or has left one unsent: they stay on the page though decided. */
export function useUnsentTexts(): { unsent: ReadonlySet<string>; note(id: string, isUnsent: boolean): void } {
  const { drafts } = useSession();
  const unsent = reactive(new Set<string>());
  void drafts?.keys().then((keys) => {
    for (const key of keys) if (key.startsWith(PREFIX)) unsent.add(key.slice(PREFIX.length));
  });
  const note = (id: string, isUnsent: boolean): void => void (isUnsent ? unsent.add(id) : unsent.delete(id));
  return { unsent, note };
}
