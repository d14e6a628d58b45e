import { StorageFull } from '../../sync/outbox-port.ts';

interface ErrorLike {
  name?: unknown;
  message?: unknown;
  inner?: unknown;
  failures?: unknown;
}

/** An error and those that it wraps: Dexie hides a full disk inside an AbortError. */
function chain(error: unknown): ErrorLike[] {
  const found: ErrorLike[] = [];
  for (let at = error; typeof at === 'object' && at !== null && found.length < 5; at = (at as ErrorLike).inner) {
    found.push(at as ErrorLike);
  }
  return found;
}

export const isStorageFull = (error: unknown): boolean =>
  chain(error).some(({ name }) => name === 'QuotaExceededError');

/** A row with the same unique key is there; Dexie tells of many rows in one BulkError. */
export const isStoredAlready = (error: unknown): boolean =>
  chain(error).some(
    ({ name, failures }) =>
      name === 'ConstraintError' || (Array.isArray(failures) && failures.some((failure) => isStoredAlready(failure))),
  );

const LOST = new Set([
  'UnknownError',
  'InvalidStateError',
  'DatabaseClosedError',
  'TransactionInactiveError',
  'AbortError',
]);

/** The browser took the connection away (Safari does so to tabs in the background); a new one works. */
export const isLostHandle = (error: unknown): boolean => chain(error).some(({ name }) => LOST.has(String(name)));

export const asStorageError = (error: unknown): unknown =>
  isStorageFull(error) ? new StorageFull('no room on this device', { cause: error }) : error;
