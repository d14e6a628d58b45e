import { isInstalled } from '../platform/this-browser.ts';

let asked = false;

/** After the first save: asks the browser not to clear this site's storage when space runs short. */
export function keepStorage(): void {
  if (asked) return;
  asked = true;
  // Refusal costs nothing: the page in 我的 tells how it stands.
  navigator.storage?.persist?.().catch(() => undefined);
}

/** Not installed, and the browser has not promised to keep what lies here; one that does not say has not promised. */
export async function mayBeEvicted(): Promise<boolean> {
  if (isInstalled()) return false;
  return !((await navigator.storage?.persisted?.()) ?? false);
}
