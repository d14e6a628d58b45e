import { hasOpenForm } from '../composables/open-forms.ts';
import { readStored, STORAGE_KEYS, writeStored } from '../stores/storage-keys.ts';

/** A second failure within this time is not cured by loading again. */
const ONCE_WITHIN_MS = 60_000;

/**
 * A piece of the program is gone: the server has a newer build. Loading the page again fetches that,
 * but never over an open form, and never in a circle.
 */
export function reloadOnMissingPiece(now: () => number = Date.now, reload: () => void = () => location.reload()): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = readStored(STORAGE_KEYS.reloadedAt);
    if (hasOpenForm.value || !navigator.onLine) return;
    if (typeof last === 'number' && now() - last < ONCE_WITHIN_MS) return;
    if (!writeStored(STORAGE_KEYS.reloadedAt, now())) return;
    event.preventDefault();
    reload();
  });
}
