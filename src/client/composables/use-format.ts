import { useI18n } from 'vue-i18n';
import { dayOf, daysBetween, yearOf } from '../../domain/time/shanghai-day.ts';
import { useNow } from './use-now.ts';

const ZONE = 'Asia/Shanghai';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** 11月23日 周一; the year only where it is another. Days are Asia/Shanghai everywhere. */
function day(locale: string, ms: number, now: number): string {
  const sameYear = yearOf(dayOf(ms)) === yearOf(dayOf(now));
  const date = new Intl.DateTimeFormat(locale, {
    timeZone: ZONE,
    ...(sameYear ? {} : { year: 'numeric' }),
    month: locale.startsWith('zh') ? 'long' : 'short',
    day: 'numeric',
  }).format(ms);
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: ZONE, weekday: 'short' }).format(ms);
  return `${date} ${weekday}`;
}

const time = (ms: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hour12: false }).format(ms);

export function useFormat() {
  const { t, locale } = useI18n();
  const now = useNow();

  const formatDay = (ms: number): string => day(locale.value, ms, now.value);
  const formatTime = time;
  const formatDayTime = (ms: number): string => `${formatDay(ms)} ${time(ms)}`;

  /** 刚刚 · 5 分钟前 · 今天 14:02 · 昨天 09:30 · 11月21日 周六 14:02 */
  function formatAgo(ms: number): string {
    const since = now.value - ms;
    if (since < MINUTE) return t('common.time.justNow');
    if (since < HOUR) return t('common.time.minutesAgo', { count: Math.floor(since / MINUTE) });
    const days = daysBetween(ms, now.value);
    if (days === 0) return t('common.time.today', { time: time(ms) });
    if (days === 1) return t('common.time.yesterday', { time: time(ms) });
    return formatDayTime(ms);
  }

  return { formatDay, formatTime, formatDayTime, formatAgo };
}
