import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { Refusal } from '../../domain/mutation/refusal.ts';
import type { SaveRequest } from '../../sync/engine-api.ts';
import { StorageFull, type OutboxRow } from '../../sync/outbox-port.ts';
import { keepStorage } from './keep-storage.ts';
import { useEngine } from './use-engine.ts';
import { useRefusalText } from './use-refusal-text.ts';

/** Or what reads them first, where bytes belong to them. */
type Requests = readonly SaveRequest[] | (() => Promise<readonly SaveRequest[]>);

/**
 * Saves in one strict transaction. Null: nothing was saved, and `error` says why in a sentence;
 * the form keeps what was typed.
 */
export function useSave(): {
  save(requests: Requests): Promise<OutboxRow[] | null>;
  busy: Ref<boolean>;
  error: Ref<string>;
} {
  const engine = useEngine();
  const refusalText = useRefusalText();
  const { t } = useI18n();
  const busy = ref(false);
  const error = ref('');

  async function save(requests: Requests): Promise<OutboxRow[] | null> {
    if (busy.value) return null;
    busy.value = true;
    error.value = '';
    try {
      const rows = await engine.save(typeof requests === 'function' ? await requests() : requests);
      keepStorage();
      return rows;
    } catch (cause) {
      error.value =
        cause instanceof Refusal
          ? refusalText(cause.code, cause.data)
          : t(cause instanceof StorageFull ? 'error.quota' : 'error.storage');
      return null;
    } finally {
      busy.value = false;
    }
  }

  return { save, busy, error };
}
