import { readonly, ref } from 'vue';
import { usePreferences } from '../stores/preferences.ts';

export type ToastTone = 'done' | 'info' | 'alarm';

export interface Toast {
  id: number;
  text: string;
  tone: ToastTone;
}

/** Long enough to read twice (适老化 asks for five seconds); in 长辈版, and for an alarm, until closed. */
const SHOWN_MS = 6000;

const toasts = ref<Toast[]>([]);
let lastId = 0;

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function useToast() {
  const preferences = usePreferences();

  function say(text: string, tone: ToastTone = 'done'): void {
    const id = ++lastId;
    toasts.value = [...toasts.value.filter((toast) => toast.text !== text).slice(-1), { id, text, tone }];
    if (tone !== 'alarm' && !preferences.elder) setTimeout(() => dismiss(id), SHOWN_MS);
  }

  return { toasts: readonly(toasts), say, dismiss };
}
