import { defineStore } from 'pinia';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { useSession } from './session.ts';

const PREFIX = 'conflict:';

/** Under which draft a third text is kept. */
export const thirdTextKey = (conflictId: string): string => PREFIX + conflictId;

/** Which conflicts somebody writes a third text for, or has left one unsent: they need a look though decided. */
export const useUnsentTexts = defineStore('unsentTexts', () => {
  const session = useSession();
  const kept = ref<ReadonlySet<string>>(new Set());
  /** On a card that is open: not in the drafts yet, or nothing was written so far. */
  const written = ref<ReadonlySet<string>>(new Set());
  const unsent = computed(() => new Set([...kept.value, ...written.value]));

  async function look(): Promise<void> {
    const { drafts } = session;
    const keys = (await drafts?.keys()) ?? [];
    if (drafts !== session.drafts) return;
    kept.value = new Set(keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)));
  }
  // A database that fails: the next look.
  const lookAgain = (): void => void look().catch(() => undefined);

  const without = (ids: ReadonlySet<string>, id: string): Set<string> => new Set([...ids].filter((one) => one !== id));
  function note(id: string, isUnsent: boolean): void {
    written.value = isUnsent ? new Set([...written.value, id]) : without(written.value, id);
    if (!isUnsent) kept.value = without(kept.value, id);
  }
  /** No card is open any more: what counts is what the drafts hold. */
  function close(): void {
    written.value = new Set();
    lookAgain();
  }

  watch(() => session.drafts, close, { immediate: true });
  // Another tab may have left one meanwhile.
  document.addEventListener('visibilitychange', lookAgain);
  onScopeDispose(() => document.removeEventListener('visibilitychange', lookAgain));

  return { unsent, note, close };
});
