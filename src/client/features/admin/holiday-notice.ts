import { dayFrom, dayText } from '../../../domain/time/shanghai-day.ts';
import { runsOf, type DayRun } from './day-runs.ts';
import type { DayMark } from '../../../domain/term/year-days.ts';

/** 10月1日至7日, 1月28日至2月4日, or one day alone. */
const SPAN = /(\d{1,2})月(\d{1,2})日(?:\s*[至到—–~-]\s*(?:(\d{1,2})月)?(\d{1,2})日)?/g;

const dayIn = (year: number, month: string, day: string): number =>
  dayFrom(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);

/**
 * Reads the days off and the make-up days out of the State Council's yearly notice, sentence by sentence:
 * “10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。”
 */
export function readNotice(year: number, text: string): DayRun[] {
  const marks: Record<string, DayMark> = {};
  // What stands in brackets is the day of the week or of the moon.
  for (const sentence of text.replaceAll(/[（(][^（()）]*[）)]/g, '').split(/[。；;\n]/)) {
    const mark = sentence.includes('上班') ? 'work' : sentence.includes('放假') ? 'off' : null;
    if (mark === null) continue;
    for (const [, month = '', day = '', lastMonth = month, lastDay = day] of sentence.matchAll(SPAN)) {
      const last = dayIn(year, lastMonth, lastDay);
      for (let one = dayIn(year, month, day); one <= last; one++) marks[dayText(one)] = mark;
    }
  }
  return runsOf(marks);
}

/** Does the text speak of other years alone? Its weekdays would then be those of another year. */
export function isOfAnotherYear(year: number, text: string): boolean {
  const years = [...text.matchAll(/(20\d\d)\s*年/g)].map(([, one]) => Number(one));
  return years.length > 0 && !years.includes(year);
}
