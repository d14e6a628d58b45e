import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSyncStatus } from './use-sync-status.ts';

/** 860 KB, 1.2 MB. */
export const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** 3 张照片待上传，共 1.2 MB; null where nothing waits. */
export function useMediaWords(): ComputedRef<{ waiting: string; note: string } | null> {
  const { t } = useI18n();
  const status = useSyncStatus();
  return computed(() => {
    const { media } = status.value;
    if (!media) return null;
    const size = sizeWords(media.bytes);
    const waiting = t(media.sounds > 0 ? 'photo.waitingMixed' : 'photo.waiting', { count: media.waiting, size });
    if (media.hold) return { waiting, note: t(`photo.hold.${media.hold}`) };
    return { waiting, note: media.sent > 0 ? t('photo.progress', { sent: sizeWords(media.sent), size }) : '' };
  });
}
