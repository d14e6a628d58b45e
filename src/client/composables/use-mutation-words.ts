import { useI18n } from 'vue-i18n';
import { isFields } from '../../domain/mutation/is-fields.ts';
import type { OutboxRow } from '../../sync/outbox-port.ts';
import { useEngine } from './use-engine.ts';
import { useItemName } from './use-catalogue.ts';
import { useViewVersion } from './use-view.ts';

/** What a saved mutation is, for its author: drawn from its own args, for the record may not exist anywhere. */
export interface MutationWords {
  title: string;
  /** The item's name, the place, the wish: what tells it from others. */
  about: string;
  where: string;
  /** Everything that was written by hand, in order, each with its name. */
  texts: { field: string; label: string; text: string }[];
}

/** Fields that hold words of a person, in the order to show them. */
const TEXT_FIELDS = ['text', 'result', 'reason', 'note', 'cardText', 'name', 'phone', 'label', 'leadUnit'];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An edit carries `{from, to}`: what its author wants is `to`. */
const writtenText = (value: unknown): string => textOf(isFields(value) && 'to' in value ? value['to'] : value);

/** The names of the args that hold text and may be corrected in place. */
function textFieldsOf(args: unknown): string[] {
  if (!isFields(args)) return [];
  return TEXT_FIELDS.filter((field) => writtenText(args[field]) !== '');
}

export function useMutationWords(): (row: OutboxRow) => MutationWords {
  const { t, te } = useI18n();
  const itemName = useItemName();
  const { view } = useEngine();
  const version = useViewVersion();

  /** What the mutation is about, where this phone still has it. */
  function aboutOf(row: OutboxRow, args: Record<string, unknown>): string {
    // What it is about may have to be read first.
    void version.value;
    const item = textOf(args['item']);
    if (item !== '') return itemName(item, typeof args['itemVersion'] === 'number' ? args['itemVersion'] : undefined);
    const { kind, id } = row.about ?? { kind: '', id: '' };
    if (kind === 'card' || kind === 'claimView') return view.get(row.space, kind, id)?.data.text ?? '';
    const ticket = view.get(row.space, 'ticket', kind === 'ticket' ? id : textOf(args['id']))?.data;
    return ticket ? itemName(ticket.item, ticket.itemVersion) : '';
  }

  function titleOf(row: OutboxRow, args: Record<string, unknown>): string {
    if (row.name === 'ticket.log') return t(args['kind'] === 'wish' ? 'sync.what.logWish' : 'sync.what.logIssue');
    if (row.name === 'visit.record') return t(`sync.what.visit.${textOf(args['outcome']) || 'met'}`);
    const key = `sync.what.${row.name}`;
    return te(key, 'zh-CN') ? t(key) : t('sync.what.other');
  }

  return (row) => {
    const args = isFields(row.args) ? row.args : {};
    const place = isFields(args['place']) ? args['place'] : {};
    return {
      title: titleOf(row, args),
      about: aboutOf(row, args),
      where: textOf(place['label']),
      texts: textFieldsOf(args).map((field) => ({
        field,
        label: t(`sync.field.${field}`),
        text: writtenText(args[field]),
      })),
    };
  };
}
