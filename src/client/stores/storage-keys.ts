import { keep, readKept } from '../db/account-store.ts';

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
  /** What waited on this phone when it was last seen, by mids; see `gone-from-phone.ts`. */
  waiting: 'doorstep.waiting',
  /** When a missing piece of the program last made the page load again. */
  reloadedAt: 'doorstep.reloaded-at',
} as const;

type Key = (typeof STORAGE_KEYS)[keyof typeof STORAGE_KEYS];

/**
 * Who may open the application here without a network. Browsers put localStorage on the disk only after a while, and a
 * phone whose browser is killed before would show a sign-in page in the stairwell: these are kept in a database as well.
 */
const DURABLE: readonly string[] = [STORAGE_KEYS.lastMember, STORAGE_KEYS.knownMembers, STORAGE_KEYS.signOutPending];
/** Also for the worker, which has no localStorage: what was chosen for photos holds there too. */
const COPIED: readonly Key[] = [STORAGE_KEYS.preferences];

/** Undefined where nothing (or nothing readable) is kept: a browser may refuse storage altogether. */
export function readStored(key: Key): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const storedOrNone = (key: Key): unknown => readStored(key) ?? {};

let keeping: Promise<void> = Promise.resolve();

/** One after the other, so that the last word stays the last. Where the database refuses, localStorage has it still. */
function keepDurably(key: Key, value: unknown): void {
  // What a screen watches no database takes; localStorage has it as text anyway.
  const plain: unknown = JSON.parse(JSON.stringify(value ?? null));
  const put = (): Promise<void> => keep(key, plain);
  keeping = keeping.then(put).catch(() => undefined);
}

/** Resolves when everything durable that was written so far is on the disk. */
export const storedDurably = (): Promise<void> => keeping;

/** At the start, before anything durable is read: what the database knows goes before what localStorage remembers. */
export async function restoreDurable(): Promise<void> {
  let kept: Map<string, unknown>;
  try {
    kept = await readKept();
  } catch {
    // No database: the outbox will say so in its own words.
    return;
  }
  for (const [key, value] of kept) {
    if (DURABLE.includes(key)) writeLocal(key as Key, value ?? undefined);
  }
  // A write may have failed, or an earlier build's tab has written: the worker must not go by what was chosen before.
  for (const key of COPIED) {
    if (JSON.stringify(storedOrNone(key)) !== JSON.stringify(kept.get(key))) keepDurably(key, storedOrNone(key));
  }
}

/** Another tab has written it, maybe one of a build that writes it down for no worker. */
export function heardStored(key: Key): void {
  if (COPIED.includes(key)) keepDurably(key, storedOrNone(key));
}

/** False where the browser refused; the setting then lasts until the page closes. */
export function writeStored(key: Key, value: unknown): boolean {
  const isNew = (): boolean => JSON.stringify(value) !== JSON.stringify(readStored(key));
  if (DURABLE.includes(key) || (COPIED.includes(key) && isNew())) keepDurably(key, value);
  return writeLocal(key, value);
}

function writeLocal(key: Key, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
