import { useI18n } from 'vue-i18n';
import { useFormat } from './use-format.ts';

/** The sentence for a refusal's code; times in it as people say them. */
export function useRefusalText(): (code: string, data: Readonly<Record<string, string | number>>) => string {
  const { t, te } = useI18n();
  const { formatDayTime } = useFormat();
  return (code, data) => {
    const words: Record<string, string | number> = { ...data };
    if (typeof data['at'] === 'number') words['at'] = formatDayTime(data['at']);
    return te(`refusal.${code}`, 'zh-CN') ? t(`refusal.${code}`, words) : t('common.refusedUnknown', { code });
  };
}
