import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { isInstalled } from '../platform/this-browser.ts';

/** Whether the browser has promised to keep what lies here; null where it does not say, or was not asked yet. */
const kept = shallowRef<boolean | null>(null);
/** Not installed, and the browser has not promised; one that does not say has not promised. */
const mayEvict = shallowRef(false);
let asked = false;

async function look(): Promise<void> {
  kept.value = (await navigator.storage?.persisted?.()) ?? null;
  mayEvict.value = !isInstalled() && kept.value !== true;
}

/** After the first save: asks the browser not to clear this site's storage when space runs short. */
export function keepStorage(): void {
  if (asked) return;
  asked = true;
  // Refusal costs nothing: the page in 我的 tells how it stands.
  askToKeep().catch(() => undefined);
}

/** True where the browser promises. */
export async function askToKeep(): Promise<boolean> {
  const isPromised = (await navigator.storage?.persist?.()) ?? false;
  await look();
  return isPromised;
}

/** How it stands, looked at again when the page is shown: it may have been installed or allowed elsewhere meanwhile. */
export function useKeptStorage(): {
  kept: Readonly<ShallowRef<boolean | null>>;
  mayEvict: Readonly<ShallowRef<boolean>>;
} {
  const lookAgain = (): void => {
    if (document.visibilityState === 'visible') look().catch(() => undefined);
  };
  onMounted(lookAgain);
  document.addEventListener('visibilitychange', lookAgain);
  onScopeDispose(() => document.removeEventListener('visibilitychange', lookAgain));
  return { kept, mayEvict };
}
