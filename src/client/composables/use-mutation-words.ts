import { useI18n } from 'vue-i18n';
import type { OutboxRow } from '../../sync/ports.ts';
import { useItemName } from './use-catalogue.ts';

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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An edit carries `{from, to}`: what its author wants is `to`. */
export const writtenText = (value: unknown): string => textOf(isObject(value) && 'to' in value ? value['to'] : value);

/** The names of the args that hold text and may be corrected in place. */
export function textFieldsOf(args: unknown): string[] {
  if (!isObject(args)) return [];
  return TEXT_FIELDS.filter((field) => writtenText(args[field]) !== '');
}

export function useMutationWords(): (row: OutboxRow) => MutationWords {
  const { t, te } = useI18n();
  const itemName = useItemName();

  function titleOf(row: OutboxRow, args: Record<string, unknown>): string {
    if (row.name === 'ticket.log') return t(args['kind'] === 'wish' ? 'sync.what.logWish' : 'sync.what.logIssue');
    if (row.name === 'visit.record') return t(`sync.what.visit.${textOf(args['outcome']) || 'met'}`);
    const key = `sync.what.${row.name}`;
    return te(key, 'zh-CN') ? t(key) : t('sync.what.other');
  }

  return (row) => {
    const args = isObject(row.args) ? row.args : {};
    const place = isObject(args['place']) ? args['place'] : {};
    const item = textOf(args['item']);
    const version = typeof args['itemVersion'] === 'number' ? args['itemVersion'] : undefined;
    return {
      title: titleOf(row, args),
      about: item === '' ? '' : itemName(item, version),
      where: textOf(place['label']),
      texts: textFieldsOf(args).map((field) => ({
        field,
        label: t(`sync.field.${field}`),
        text: writtenText(args[field]),
      })),
    };
  };
}
