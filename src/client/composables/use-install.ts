import { ref, type Ref } from 'vue';
import { isInstalled } from '../platform/this-browser.ts';
import { installPrompt } from '../updates/install-prompt.ts';

/** Whether it is installed here, and the browser's own question, asked once at a time: a second one would be an error. */
export function useInstall(): { installed: Ref<boolean>; busy: Ref<boolean>; install(): Promise<void> } {
  const installed = ref(isInstalled());
  const busy = ref(false);
  async function install(): Promise<void> {
    if (busy.value || !installPrompt.value) return;
    busy.value = true;
    try {
      if (await installPrompt.value.ask()) installed.value = true;
    } finally {
      busy.value = false;
    }
  }
  return { installed, busy, install };
}
