import { OutboxDatabase } from './outbox-database.ts';
import { openTabChannel } from './tab-channel.ts';
import { closeForGood, withReopen } from './with-reopen.ts';

/** The session was revoked, and the member not let in again: nothing was written. */
export class DraftsForgotten extends Error {
  override readonly name = 'DraftsForgotten';
}

/** Forms that are not saved yet: they outlive a killed tab, and lie beside the outbox because they are as precious. */
export interface DraftStore {
  get(key: string): Promise<unknown>;
  /** Rejects with `DraftsForgotten` while none is taken: what was written stands on the screen alone. */
  put(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<string[]>;
  /**
   * The session was revoked: all go, in every open tab, and none is taken until `takeAgain` [RV1]. Nothing happens where
   * the last sign-in is not this one any more: it was another session that was told so [TB2].
   */
  forget(signIn: string | null): Promise<void>;
  /** The member is let in again. */
  takeAgain(): void;
  /** Tells that all were forgotten, by whichever tab: what stands in a form goes too. */
  onForgotten(listener: () => void): () => void;
  close(): void;
}

/** An earlier build tells the word alone: it did not look whether somebody has signed in since, and is not believed. */
type Forgotten = 'forgotten' | { signIn: string | null };

export async function openDraftStore(memberId: string): Promise<DraftStore> {
  const db = new OutboxDatabase(memberId);
  await db.open();
  const channel = openTabChannel<Forgotten>(`drafts-${memberId}`);
  const listeners = new Set<() => void>();
  let isForgotten = false;

  /** Where the outbox keeps it; in the transaction that erases it cannot change. */
  const isLast = async (signIn: string | null): Promise<boolean> =>
    ((await db.meta.get('signIn'))?.value ?? null) === signIn;
  const erase = (signIn: string | null): Promise<boolean> =>
    withReopen(db, () =>
      db.transaction('rw', [db.drafts, db.meta], async () => {
        if (!(await isLast(signIn))) return false;
        await db.drafts.clear();
        return true;
      }),
    );
  const takeNone = (): void => {
    if (isForgotten) return;
    isForgotten = true;
    for (const listener of [...listeners]) listener();
  };
  const forget = async (signIn: string | null): Promise<boolean> => {
    // A phone that was lost shows no form, also where its database fails.
    if (!(await withReopen(db, () => isLast(signIn)).catch(() => true))) return false;
    takeNone();
    return erase(signIn);
  };
  channel.onMessage((message) => {
    if (message === 'forgotten') return;
    // What this tab was writing just then may have come after the other's erasing. A database that fails: the next answer.
    forget(message.signIn).catch(() => undefined);
  });

  return {
    get: (key) => withReopen(db, async () => (await db.drafts.get(key))?.value),
    put: (key, value) =>
      withReopen(db, async () => {
        if (isForgotten) throw new DraftsForgotten('no draft is taken');
        await db.drafts.put({ key, value });
      }),
    remove: (key) => withReopen(db, () => db.drafts.delete(key)),
    keys: () => withReopen(db, () => db.drafts.orderBy('key').primaryKeys()),
    forget: async (signIn) => {
      if (await forget(signIn)) channel.tell({ signIn });
    },
    takeAgain: () => {
      isForgotten = false;
    },
    onForgotten: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => {
      channel.close();
      closeForGood(db);
    },
  };
}
