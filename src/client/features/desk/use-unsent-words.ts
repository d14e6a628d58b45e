import { useI18n } from 'vue-i18n';
import type { DeviceEntry } from '../../../protocol/desk-messages.ts';

/** What waits on a phone: 3 条记录、5 张照片; empty where nothing does. */
export function useUnsentWords(): (phone: Pick<DeviceEntry, 'unsent' | 'unsentMedia' | 'unsentSounds'>) => string {
  const { t } = useI18n();
  return ({ unsent, unsentMedia, unsentSounds }) => {
    const counts = [
      ['desk.devices.records', unsent],
      ['photo.count', unsentMedia - unsentSounds],
      ['photo.soundCount', unsentSounds],
    ] as const;
    return counts
      .filter(([, count]) => count > 0)
      .map(([words, count]) => t(words, { count }))
      .join('、');
  };
}
