import { shallowRef } from 'vue';

/** Chromium's event; not in the DOM library because no other browser has it. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<void>;
  userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** Where the browser offers to install: `ask` shows its question, where a person asks for it, never by itself. */
export const installPrompt = shallowRef<{ ask(): Promise<boolean> } | null>(null);

export function catchInstallPrompt(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    const offered = event as BeforeInstallPromptEvent;
    installPrompt.value = {
      async ask() {
        await offered.prompt();
        installPrompt.value = null;
        return (await offered.userChoice).outcome === 'accepted';
      },
    };
  });
  window.addEventListener('appinstalled', () => (installPrompt.value = null));
}
