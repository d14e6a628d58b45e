/** Names in localStorage: small settings only, never anything that a person wrote. */
export const STORAGE_KEYS = {
  /** Also read by public/first-paint.js. */
  preferences: 'doorstep.preferences',
  /** For whom the application opens without a network. */
  lastMember: 'doorstep.last-member',
  /** Members whose records may still wait on this phone. */
  knownMembers: 'doorstep.known-members',
  /** Signed out without a network: the server is told at the next start. */
  signOutPending: 'doorstep.sign-out-pending',
  /** When a missing piece of the program last made the page load again. */
  reloadedAt: 'doorstep.reloaded-at',
} as const;

type Key = (typeof STORAGE_KEYS)[keyof typeof STORAGE_KEYS];

/** Undefined where nothing (or nothing readable) is kept: a browser may refuse storage altogether. */
export function readStored(key: Key): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** False where the browser refused; the setting then lasts until the page closes. */
export function writeStored(key: Key, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
