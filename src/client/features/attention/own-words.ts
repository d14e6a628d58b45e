import { conflictIdOf } from '../../../domain/conflict/keep-conflicts.ts';
import { readWritten } from '../../../domain/conflict/written-field.ts';
import { maskField } from '../../../domain/contact/masking.ts';
import { isFields } from '../../../domain/mutation/is-fields.ts';
import type { OutboxRow } from '../../../sync/outbox-port.ts';
import type { Conflict } from '../../../domain/conflict/conflict.ts';

/** What its author wrote, where the conflict has stars for it. */
export interface OwnWords {
  /** What did not go in. */
  mine?: string;
  /** The third text that came too late. */
  late?: string;
}

/** Of a contact the grid has stars alone; its author's own outbox has the words for as long as it keeps them [OB5]. */
export function ownWords(
  rows: readonly OutboxRow[],
  { id, data }: { id: string; data: Pick<Conflict, 'kind' | 'recordId' | 'field' | 'offered'> },
): OwnWords {
  if (data.kind !== 'contact') return {};
  const words: OwnWords = {};
  const about = { kind: data.kind, id: data.recordId };
  const lateStars = data.offered?.at(-1);
  for (const { name, mid, args } of rows) {
    if (!isFields(args)) continue;
    const edit = args[data.field];
    if (name === 'contact.amend' && isFields(edit) && conflictIdOf(mid, about, data.field) === id) {
      if (typeof edit['to'] === 'string') words.mine = edit['to'];
    }
    if (name !== 'conflict.resolve' || args['id'] !== id || typeof args['text'] !== 'string') continue;
    // The last of them whose stars these are: an earlier one may have been refused.
    const text = readWritten(data, args['text']);
    if (text !== undefined && maskField(data.field, text) === lateStars) words.late = text;
  }
  return words;
}
