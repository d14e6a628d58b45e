import { useI18n } from 'vue-i18n';
import type { Conflict } from '../../../domain/conflict/conflict.ts';
import { useTermConflictWords } from '../../components/due/use-term-conflict-words.ts';
import { useItemName } from '../../composables/use-catalogue.ts';

type About = Pick<Conflict, 'kind' | 'field'>;

/** What the field of a conflict is called, and its values as people say them. */
export function useConflictWords() {
  const { t, te } = useI18n();
  const itemName = useItemName();
  const terms = useTermConflictWords();

  function fieldOf(about: About): string {
    // The name of a part of a building says which part behind a colon.
    const key = `attention.fields.${about.field.split(':')[0] ?? ''}`;
    return terms.fieldOf(about) ?? t(te(key, 'zh-CN') ? key : 'attention.fields.text');
  }

  function valueOf(about: About, value: string): string {
    if (about.kind === 'ticket' && about.field === 'item') return itemName(value);
    if (about.kind === 'ticket' && about.field === 'urgent') {
      return t(value === 'true' ? 'attention.isUrgent' : 'attention.isNotUrgent');
    }
    return terms.valueOf(about, value) ?? (value || t('attention.empties'));
  }

  return { fieldOf, valueOf };
}
