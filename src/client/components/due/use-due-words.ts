import { useI18n } from 'vue-i18n';
import type { Tier } from '../../../domain/catalogue/catalogue.ts';
import type { ClockLeg, ClockRules, TicketClock } from '../../../domain/term/clock.ts';
import { readClock, type Left, type Reading } from '../../../domain/term/reading.ts';
import type { Leg, Term } from '../../../domain/term/term-table.ts';
import { useFormat } from '../../composables/use-format.ts';

/** How people say a term, a due day, and what is left of it. */
export function useDueWords() {
  const { t } = useI18n();
  const { formatDay, formatDayTime } = useFormat();

  const amountWords = ({ amount, unit }: Left | Term): string => t(`term.amount.${unit}`, { amount });

  /** 还有 2 个工作日受理 · 今天内办结 · 已超时 3 小时 */
  function readingWords({ leg, lamp, left }: Reading): string {
    if (lamp === 'red') return t('term.over', { amount: amountWords(left) });
    return left.amount === 0 ? t(`term.today.${leg}`) : t(`term.left.${leg}`, { amount: amountWords(left) });
  }

  /** A term of working days is over with its last day, which is the one to name. */
  const dayWords = ({ term, dueAt }: Pick<ClockLeg, 'term'> & { dueAt: number }): string =>
    term.unit === 'hour' ? formatDayTime(dueAt) : formatDay(dueAt - 1);

  /** 12月2日 周三，还有 3 个工作日 · 11月24日 周二，按时 · 挂账期间不计时 */
  function legWords(clock: TicketClock, leg: Leg, rules: ClockRules, now: number): string {
    const { term, dueAt, doneAt, late } = clock[leg];
    if (dueAt === null) return t('term.fact.still');
    const day = dayWords({ term, dueAt });
    if (doneAt !== null) return t(`term.fact.${late ? 'late' : 'onTime'}`, { day });
    if (clock.suspended) return t('term.fact.overBefore', { day });
    const reading = readClock(clock, rules, now);
    if (reading?.leg !== leg) return day;
    return t('term.fact.open', { day, left: leftWords(reading) });
  }

  function leftWords({ lamp, left }: Reading): string {
    if (lamp === 'red') return t('term.over', { amount: amountWords(left) });
    return left.amount === 0 ? t('term.fact.today') : t('term.fact.left', { amount: amountWords(left) });
  }

  /** 1 个工作日内受理，5 个工作日内办结 */
  const tierWords = (tier: Tier, { terms }: ClockRules): string =>
    t(`term.tierNote.${tier}`, {
      respond: amountWords(terms[`${tier}.respond`]),
      finish: amountWords(terms[`${tier}.finish`]),
    });

  return { amountWords, readingWords, dayWords, legWords, tierWords };
}
