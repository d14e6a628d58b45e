import { shallowRef } from 'vue';
import { Workbox } from 'workbox-window';
import { hasOpenForm } from '../composables/open-forms.ts';

/** Asks for a new version this often while the page is open. */
const LOOK_EVERY_MS = 60 * 60_000;

/** A new version waits; `apply` loads it. Null: there is none. */
export const waitingUpdate = shallowRef<{ apply(): void } | null>(null);

/** What came of the press. */
export const updateStep = shallowRef<'offered' | 'taking' | 'late'>('offered');

/** The browser changes workers within a second, or waits up to five minutes for an old one that is asked just then. */
const LATE_MS = 8_000;

export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const workbox = new Workbox('/sw.js');
  let applying = false;
  let lateTimer: ReturnType<typeof setTimeout> | undefined;
  const step = (next: typeof updateStep.value): void => {
    clearTimeout(lateTimer);
    updateStep.value = next;
  };

  const offer = (): void => {
    step('offered');
    waitingUpdate.value = {
      apply() {
        if (hasOpenForm.value) return;
        applying = true;
        step('taking');
        lateTimer = setTimeout(step, LATE_MS, 'late');
        workbox.messageSkipWaiting();
      },
    };
  };
  workbox.addEventListener('waiting', offer);
  workbox.addEventListener('controlling', (event) => {
    // Another tab may have applied the update: here it is offered, never forced.
    if (applying && !hasOpenForm.value) location.reload();
    else if (event.isUpdate) waitingUpdate.value = { apply: () => !hasOpenForm.value && location.reload() };
    step('offered');
  });

  void workbox
    .register()
    .then((registration) => {
      setInterval(() => void registration?.update().catch(() => undefined), LOOK_EVERY_MS);
    })
    // A page without https or in a private window works all the same, only not without a network.
    .catch(() => undefined);
}
