/** Days and times are those of Asia/Shanghai everywhere, whatever the machine's own zone (design §4). */
const ZONE = 'Asia/Shanghai';

const dayParts = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, month: 'numeric', day: 'numeric' });
const weekday = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, weekday: 'short' });
const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hour12: false });

function monthAndDay(ms: number): string {
  const parts = dayParts.formatToParts(ms);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('month')}月${part('day')}日`;
}

/** 11月23日 周一 */
export const formatDay = (ms: number): string => `${monthAndDay(ms)} ${weekday.format(ms)}`;

/** 11月23日 周一 14:05 */
export const formatDayTime = (ms: number): string => `${formatDay(ms)} ${clock.format(ms)}`;
