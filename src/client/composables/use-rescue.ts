import { useI18n } from 'vue-i18n';
import type { Waiting } from '../../sync/engine-api.ts';
import { bytesIn, collectRescue } from '../../sync/rescue.ts';
import { buildName } from '../build.ts';
import { makeRescueFile } from '../platform/make-rescue-file.ts';
import { shareFile } from '../platform/share-file.ts';
import { useActor, useEngine } from './use-engine.ts';
import { sizeWords } from './use-media-words.ts';

/**
 * Writes a file of everything unsent, or of these records alone. Says what went into it, and how many photos could not be
 * read: empty where there was nothing, null where it was not shared.
 */
export function useRescue(): (only?: readonly Waiting[]) => Promise<string | null> {
  const engine = useEngine();
  const actor = useActor();
  const { t } = useI18n();
  return async (only) => {
    const collected = await collectRescue(engine, only);
    const count = collected.records.length;
    const unread = collected.unread.length > 0 ? t('rescue.unread', { count: collected.unread.length }) : '';
    if (count === 0 && collected.media.length === 0) return unread;
    const { id, name } = actor.value;
    const file = makeRescueFile({ exportedAt: Date.now(), build: buildName, member: { id, name }, ...collected });
    if (!(await shareFile(file))) return null;
    // A photo and its small picture are two of these: people are told how much, not how many.
    const size = sizeWords(bytesIn(collected.media));
    const all = count > 0 ? t('rescue.exportedAll', { count, size }) : t('rescue.exportedMedia', { size });
    const exported = collected.media.length === 0 ? t('rescue.exported', { count }) : all;
    return [exported, unread].filter(Boolean).join('。');
  };
}
