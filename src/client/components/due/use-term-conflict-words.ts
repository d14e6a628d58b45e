import { useI18n } from 'vue-i18n';
import type { Conflict } from '../../../domain/conflict/conflict.ts';
import { dayFrom, startOfDay } from '../../../domain/time/shanghai-day.ts';
import { isTermField, termFrom } from '../../../domain/term/term-table.ts';
import { useFormat } from '../../composables/use-format.ts';
import { useDueWords } from './use-due-words.ts';

/** Two admins changed the same term or the same day: what it is called, and its values. Null for anything else. */
export function useTermConflictWords() {
  const { t } = useI18n();
  const { formatDay } = useFormat();
  const { amountWords } = useDueWords();

  function fieldOf({ kind, field }: Pick<Conflict, 'kind' | 'field'>): string | null {
    if (kind === 'workdays') return t('term.conflict.day', { day: formatDay(startOfDay(dayFrom(field))) });
    if (kind !== 'terms' || !isTermField(field)) return null;
    const [tier, leg] = field.split('.');
    return t('term.conflict.term', { tier: t(`ticket.tier.${tier}`), leg: t(`term.leg.${leg}`) });
  }

  function valueOf({ kind }: Pick<Conflict, 'kind'>, value: string): string | null {
    if (kind === 'workdays') return t(`term.conflict.${value}`);
    const term = kind === 'terms' ? termFrom(value) : undefined;
    return term === undefined ? null : amountWords(term);
  }

  return { fieldOf, valueOf };
}
