import * as v from 'valibot';
import { ref } from 'vue';
import type { SyncEngine, Waiting } from '../../sync/engine-api.ts';
import type { OutboxStore } from '../../sync/outbox-port.ts';
import { readStored, STORAGE_KEYS, writeStored } from './storage-keys.ts';

/**
 * Browsers empty a database by themselves, where it is damaged after the battery fell out for one, and open it anew without
 * a word: nothing would wait then, and 都已送达 would be said of what is lost. So what waits is noted beside the database
 * as well, by its mids alone, and what is not found again is told in 需处理.
 */
const noteSchema = v.object({
  mids: v.array(v.string()),
  gone: v.number(),
  /** Which those are, the latest of them: a page that was frozen, or a file of rescue, may bring them back. */
  lost: v.optional(v.array(v.string()), []),
});
const notesSchema = v.record(v.string(), noteSchema);
type Note = v.InferOutput<typeof noteSchema>;

/** Of more that wait the latest are noted: each change writes them all. */
const NOTED = 200;
/** A save does not wait for it, and many are noted together. */
const SOON_MS = 500;

/** So many at least waited here for the member who is in, and are not here any more; nobody has looked into it yet. */
export const goneFromPhone = ref(0);

function notes(): Record<string, Note> {
  const kept = v.safeParse(notesSchema, readStored(STORAGE_KEYS.waiting));
  return kept.success ? kept.output : {};
}

const noteOf = (memberId: string): Note => notes()[memberId] ?? { mids: [], gone: 0, lost: [] };

function keepNote(memberId: string, note: Note): void {
  goneFromPhone.value = note.gone;
  if (JSON.stringify(note) !== JSON.stringify(noteOf(memberId)))
    writeStored(STORAGE_KEYS.waiting, { ...notes(), [memberId]: note });
}

/** Refused or held it is not lost with this phone: the server has told of it. */
const isUnanswered = ({ state, receipt }: Waiting): boolean => state !== 'delivered' && receipt === null;

/** Notes what waits from now on, and finds what waited when it was last noted and is gone. */
export function watchWaiting(
  engine: Pick<SyncEngine, 'waiting' | 'onStatus' | 'isRevoked'>,
  outbox: Pick<OutboxStore, 'all'>,
  memberId: string,
): () => void {
  const look = async (): Promise<void> => {
    const waiting = engine.waiting();
    const here = new Set(waiting.map(({ row }) => row.mid));
    const unknown = noteOf(memberId).mids.filter((mid) => !here.has(mid));
    // Another tab may have noted what this one has not heard of.
    const stored = new Set(unknown.length > 0 ? (await outbox.all()).map(({ mid }) => mid) : []);
    const before = noteOf(memberId);
    const lost = before.lost.filter((mid) => !here.has(mid) && !stored.has(mid));
    const missing = unknown.filter((mid) => !stored.has(mid) && !lost.includes(mid));
    const unsent = waiting.filter(isUnanswered).map(({ row }) => row.mid);
    const mids = [...unsent, ...unknown.filter((mid) => stored.has(mid))].slice(0, NOTED);
    // A revoked phone lets go of each as soon as it was handed in, while no page is open as well.
    const gone = before.gone - (before.lost.length - lost.length) + missing.length;
    const isNone = engine.isRevoked() || gone === 0;
    keepNote(memberId, { mids, gone: isNone ? 0 : gone, lost: isNone ? [] : [...missing, ...lost].slice(0, NOTED) });
  };
  // A database that does not answer now is asked at the next change.
  const lookNow = (): void => void look().catch(() => undefined);
  lookNow();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = Infinity;
  const forget = engine.onStatus((status) => {
    // At once, or what has just arrived would be missed where the database goes a moment later.
    if (status.waiting < waiting) lookNow();
    else
      timer ??= setTimeout(() => {
        timer = undefined;
        lookNow();
      }, SOON_MS);
    waiting = status.waiting;
  });
  return () => {
    forget();
    clearTimeout(timer);
  };
}

/** Somebody has looked into it. */
export function forgetGone(memberId: string): void {
  keepNote(memberId, { ...noteOf(memberId), gone: 0, lost: [] });
}
