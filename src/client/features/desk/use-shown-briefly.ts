import { onScopeDispose, ref, shallowRef, type Ref } from 'vue';
import { secondsLeft } from './reveal-clock.ts';

/** What may stand on the screen for a while only: it goes by itself, or when told to. */
export function useShownBriefly<T extends { showForMs: number }>(): {
  shown: Readonly<Ref<T | null>>;
  seconds: Readonly<Ref<number>>;
  /** How often something was shown. */
  count: Readonly<Ref<number>>;
  show(value: T): void;
  hide(): void;
} {
  const shown = shallowRef<T | null>(null) as Ref<T | null>;
  const seconds = ref(0);
  const count = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;

  function hide(): void {
    clearInterval(timer);
    shown.value = null;
  }

  function show(value: T): void {
    hide();
    const until = Date.now() + value.showForMs;
    shown.value = value;
    count.value++;
    seconds.value = secondsLeft(Date.now(), until);
    timer = setInterval(() => {
      seconds.value = secondsLeft(Date.now(), until);
      if (seconds.value === 0) hide();
    }, 500);
  }
  onScopeDispose(hide);
  return { shown, seconds, count, show, hide };
}
