import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import { decisionOver, seenIn } from '../../composables/use-conflict-decision.ts';
import { useSave } from '../../composables/use-save.ts';
import { useToast } from '../../composables/use-toast.ts';

type Choice = Parameters<typeof decisionOver>[2];

/** The desk decides over what met in a matter; false where it was not saved, and `error` says why. */
export function useDecideConflict(ticketId: () => string): {
  decide(conflict: ViewRecord<'conflict'>, stands: string, choice: Choice): Promise<boolean>;
  busy: Ref<boolean>;
  error: Ref<string>;
} {
  const { t } = useI18n();
  const { save, busy, error } = useSave();
  const { say } = useToast();

  async function decide(conflict: ViewRecord<'conflict'>, stands: string, choice: Choice): Promise<boolean> {
    const about = { kind: 'ticket', id: ticketId() };
    if (!(await save([{ ...decisionOver(conflict, seenIn(conflict, stands), choice), about }]))) return false;
    say(t('desk.conflict.saved'), 'done');
    return true;
  }

  return { decide, busy, error };
}
