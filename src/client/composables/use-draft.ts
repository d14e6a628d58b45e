import { onScopeDispose, ref, toRaw, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../stores/session.ts';
import { useOpenForm } from './open-forms.ts';
import { useToast } from './use-toast.ts';

/** A killed tab loses at most this much typing. */
const SAVE_AFTER_MS = 600;

/**
 * What is being written, kept on the phone under `key` until it is saved or cleared.
 * `restored` tells that something from before stands in it.
 */
export function useDraft<T>(
  key: () => string,
  initial: () => T,
): { draft: Ref<T>; restored: Ref<boolean>; startOver(): void; clear(): Promise<void> } {
  const { drafts } = useSession();
  const { t } = useI18n();
  const { say } = useToast();
  const draft = ref(initial()) as Ref<T>;
  const restored = ref(false);
  const dirty = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let untouched = JSON.stringify(draft.value);
  let current = key();
  let isTold = false;
  /** How often the form was emptied. */
  let turn = 0;

  /** What it begins with has become another, as when rows arrive late; nothing that was typed or kept gives way to it. */
  function startOver(): void {
    if (dirty.value) return;
    const fresh = initial();
    untouched = JSON.stringify(fresh);
    draft.value = fresh;
  }

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!drafts || !dirty.value) return;
    try {
      await drafts.put(current, JSON.parse(JSON.stringify(toRaw(draft.value))));
      isTold = false;
    } catch {
      // Whatever the reason: the words stand on the screen, and there alone. Said once, not at every key.
      if (!isTold) say(t('error.draft'), 'alarm');
      isTold = true;
    }
  }

  async function load(): Promise<void> {
    current = key();
    draft.value = initial();
    untouched = JSON.stringify(draft.value);
    dirty.value = false;
    restored.value = false;
    const asked = current;
    const begun = turn;
    const kept = await drafts?.get(asked);
    // Typed meanwhile, emptied, or gone to another form: what is there now is newer.
    if (kept === undefined || asked !== current || begun !== turn || dirty.value) return;
    draft.value = kept as T;
    restored.value = true;
    dirty.value = true;
  }

  function empty(): void {
    turn += 1;
    clearTimeout(timer);
    timer = undefined;
    draft.value = initial();
    untouched = JSON.stringify(draft.value);
    dirty.value = false;
    restored.value = false;
  }

  async function clear(): Promise<void> {
    empty();
    await drafts?.remove(current);
  }

  watch(
    draft,
    (value) => {
      if (JSON.stringify(value) === untouched && !dirty.value) return;
      dirty.value = true;
      timer ??= setTimeout(() => void write(), SAVE_AFTER_MS);
    },
    { deep: true, flush: 'sync' },
  );
  watch(key, () => void write().then(load));
  void load();

  // The session was revoked: a phone that was lost shows no half-written name either [RV1].
  const stopListening = drafts?.onForgotten(empty);
  const atOnce = () => void write();
  document.addEventListener('visibilitychange', atOnce);
  window.addEventListener('pagehide', atOnce);
  onScopeDispose(() => {
    atOnce();
    stopListening?.();
    document.removeEventListener('visibilitychange', atOnce);
    window.removeEventListener('pagehide', atOnce);
  });
  useOpenForm(dirty);

  return { draft, restored, startOver, clear };
}
