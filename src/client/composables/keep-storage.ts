let asked = false;

/** After the first save: asks the browser not to clear this site's storage when space runs short. */
export function keepStorage(): void {
  if (asked) return;
  asked = true;
  // Refusal costs nothing: the page in 我的 tells how it stands.
  navigator.storage?.persist?.().catch(() => undefined);
}
