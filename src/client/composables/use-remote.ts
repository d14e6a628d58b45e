import { onScopeDispose, ref, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { ApiError } from '../transport/api-client.ts';

/** A sentence for what a request failed with; what is not ours is thrown on. */
export function useErrorText(): (cause: unknown) => string {
  const { t } = useI18n();
  return (cause) => {
    if (!(cause instanceof ApiError)) throw cause;
    return t(`error.${cause.code}`);
  };
}

/** Something read over HTTP: what came, whether it is being read, and why it did not come. Offline, it is read again when the network returns. */
export function useRemote<T>(read: () => Promise<T>): {
  data: Ref<T | undefined>;
  loading: Ref<boolean>;
  failed: Ref<'' | 'offline' | 'other'>;
  error: Ref<string>;
  load(): Promise<void>;
} {
  const errorText = useErrorText();
  const data = shallowRef<T>();
  const loading = ref(false);
  const failed = ref<'' | 'offline' | 'other'>('');
  const error = ref('');

  async function load(): Promise<void> {
    loading.value = true;
    try {
      data.value = await read();
      failed.value = '';
      error.value = '';
    } catch (cause) {
      error.value = errorText(cause);
      failed.value = cause instanceof ApiError && cause.code === 'offline' ? 'offline' : 'other';
    } finally {
      loading.value = false;
    }
  }
  // What the screen promises: it comes by itself once there is a network.
  const again = (): void => {
    if (failed.value === 'offline' && !loading.value) void load();
  };
  window.addEventListener('online', again);
  onScopeDispose(() => window.removeEventListener('online', again));
  return { data, loading, failed, error, load };
}

/** A request that a person starts: busy, the sentence where it failed, and whether it went through. */
export function useRequest(): {
  busy: Ref<boolean>;
  error: Ref<string>;
  run<T>(request: () => Promise<T>): Promise<{ value: T } | null>;
} {
  const { t } = useI18n();
  const errorText = useErrorText();
  const busy = ref(false);
  const error = ref('');

  async function run<T>(request: () => Promise<T>): Promise<{ value: T } | null> {
    if (busy.value) return null;
    busy.value = true;
    error.value = '';
    try {
      return { value: await request() };
    } catch (cause) {
      const offline = cause instanceof ApiError && cause.code === 'offline';
      error.value = offline ? t('online.sendText') : errorText(cause);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, error, run };
}
