import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { StorageFull } from '../../sync/outbox-port.ts';
import { useToast } from './use-toast.ts';

/** Work on what lies on this phone that a person starts: one at a time, and told where it fails. Null: it did not go. */
export function useLocalWork(): { busy: Ref<boolean>; run<T>(work: () => Promise<T>): Promise<{ value: T } | null> } {
  const { t } = useI18n();
  const { say } = useToast();
  const busy = ref(false);

  async function run<T>(work: () => Promise<T>): Promise<{ value: T } | null> {
    if (busy.value) return null;
    busy.value = true;
    try {
      return { value: await work() };
    } catch (cause) {
      say(t(cause instanceof StorageFull ? 'error.quota' : 'error.local'), 'alarm');
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, run };
}
