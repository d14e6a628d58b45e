import { computed, readonly, ref, type ComputedRef, type Ref } from 'vue';
import { dayOf } from '../../domain/time/shanghai-day.ts';

const STEP_MS = 30_000;

const now = ref(Date.now());
let running = false;

/** The time, moving on by half minutes; one timer for all who ask. */
export function useNow(): Readonly<Ref<number>> {
  if (!running) {
    running = true;
    setInterval(() => {
      now.value = Date.now();
    }, STEP_MS);
  }
  // A value that was written just now must not lie in the future; a clock that was set must not lie at all.
  if (Math.abs(Date.now() - now.value) > 1000) now.value = Date.now();
  return readonly(now);
}

/** The day of Shanghai, which turns while the page stands: an application that is installed is hardly ever closed. */
export function useToday(): ComputedRef<number> {
  const time = useNow();
  return computed(() => dayOf(time.value));
}
