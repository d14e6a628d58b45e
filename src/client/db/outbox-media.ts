import type { MediaRow, NewMedia } from '../../sync/outbox-port.ts';
import type { OutboxDatabase } from './outbox-database.ts';

/** The bytes beside the mutations that name them; each call runs inside the caller's transaction. */
export const outboxMedia = (db: OutboxDatabase) => ({
  async add({ bytes, ...one }: NewMedia): Promise<void> {
    const known = await db.media.get(one.sha);
    const size = bytes?.byteLength ?? known?.size;
    if (size === undefined) return;
    const mids = [...new Set([...(known?.mids ?? []), ...one.mids])];
    const fresh = { refused: null, asideAt: null, asideSince: null, broughtAt: null };
    // One mutation's thumbnail may be another one's photo.
    const isThumb = one.isThumb && known?.isThumb !== false;
    const row: MediaRow = { ...one, isThumb, mids, size, ...fresh };
    await Promise.all([db.media.put(row), bytes && db.mediaBytes.put({ sha: one.sha, bytes })]);
  },

  /** These name nothing any more; what no other mutation names goes. */
  async release(mids: readonly string[]): Promise<void> {
    const gone = new Set(mids);
    for (const { sha, mids: named } of await db.media.toArray()) {
      const left = named.filter((mid) => !gone.has(mid));
      if (left.length === named.length) continue;
      if (left.length > 0) await db.media.update(sha, { mids: left });
      else await Promise.all([db.media.delete(sha), db.mediaBytes.delete(sha)]);
    }
  },

  async remove(sha: string, mids: readonly string[], { ifBrought = false } = {}): Promise<void> {
    const known = await db.media.get(sha);
    if (known?.mids.some((mid) => !mids.includes(mid))) return;
    if (ifBrought && (known?.broughtAt ?? null) === null) return;
    await Promise.all([db.media.delete(sha), db.mediaBytes.delete(sha)]);
  },
});
