import { computed, watch, type ComputedRef, type Ref } from 'vue';
import { lateText } from '../../../domain/conflict/decision.ts';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import type { OwnWords } from './own-words.ts';
import { useDraft } from '../../composables/use-draft.ts';
import { thirdTextKey } from '../../stores/unsent-texts.ts';

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
  const { draft, startOver, clear } = useDraft(() => thirdTextKey(conflict().id), beginning);
  watch(beginning, startOver);
  return { text: draft, isUnsent: computed(() => draft.value !== beginning()), clear };
}
