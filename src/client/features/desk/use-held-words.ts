import { useI18n } from 'vue-i18n';
import { isFields } from '../../../domain/mutation/is-fields.ts';
import type { MediaRef } from '../../../domain/photo/media.ts';
import { dayFrom, startOfDay } from '../../../domain/time/shanghai-day.ts';
import type { HeldEntry } from '../../../protocol/desk-messages.ts';
import type { View } from '../../../sync/engine-api.ts';
import { useItemName } from '../../composables/use-catalogue.ts';
import { standsNow } from '../../composables/use-conflict-decision.ts';
import { useFormat } from '../../composables/use-format.ts';
import { namedIn } from '../../photos/media-in-args.ts';
import { heldContent, type HeldFact } from './held-content.ts';
import { heldWhat } from './held-words.ts';
import { useHeldNames } from './use-held-names.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SHA = /^[0-9a-f]{64}$/;
/** What it makes is nowhere yet. */
const MAKES = /\.(create|put|log|record|issue)$/;

/** 2单元（3（301、302）） */
function layoutWords({ label, floors, rooms }: Record<string, unknown>): string {
  const within = [floors, rooms].flatMap((parts) => (Array.isArray(parts) ? parts.filter(isFields) : []));
  return `${String(label)}${within.length > 0 ? `（${within.map(layoutWords).join('、')}）` : ''}`;
}

/** What a held mutation is called, and everything that it says, in the words of the forms in which it was written. */
export function useHeldWords(): {
  title(entry: HeldEntry): string;
  facts(entry: HeldEntry, view: View): { name: string; value: string }[];
  /** What is here of the photo or voice note that it names. */
  named(entry: HeldEntry, view: View): MediaRef[];
} {
  const { t, te } = useI18n();
  const { formatDay } = useFormat();
  const itemName = useItemName();
  const nameOf = useHeldNames();
  const known = (...keys: string[]): string | undefined => {
    const key = keys.find((one) => te(one, 'zh-CN'));
    return key === undefined ? undefined : t(key);
  };

  function title({ mutation, args }: HeldEntry): string {
    const say = (field: string): string => (isFields(args) ? String(args[field]) : '');
    const what = {
      'ticket.log': say('kind') === 'wish' ? 'logWish' : 'logIssue',
      'visit.record': `visit.${say('outcome')}`,
    }[mutation];
    return known(`sync.what.${what ?? mutation}`) ?? t(`desk.held.what.${heldWhat(mutation)}`);
  }

  /** What stands in the field that two changed, and what did not go in. */
  function clashFacts({ space, args, mutation }: HeldEntry, view: View): { name: string; value: string }[] {
    const id = mutation.startsWith('conflict.') && isFields(args) ? String(args['id']) : undefined;
    const conflict = id === undefined ? undefined : view.get(space, 'conflict', id);
    if (!conflict) return [];
    const { data } = conflict;
    const say = (value: string): string => {
      if (data.field === 'item') return itemName(value);
      if (data.field === 'urgent') return t(`desk.conflict.${value === 'true' ? 'yes' : 'no'}`);
      return value || t('desk.conflict.empty');
    };
    const isPersons = ['ticket', 'contact'].includes(data.kind);
    const field =
      (isPersons ? known(`desk.conflict.field.${data.field}`) : undefined) ?? t('desk.conflict.field.other');
    return [
      { name: t('desk.held.clash'), value: field },
      { name: t('desk.conflict.theirs'), value: say(standsNow(view, conflict)) },
      { name: t('desk.conflict.mine', { name: data.authorName }), value: say(data.mine) },
    ];
  }

  function valueWords(entry: HeldEntry, field: string, value: unknown, view: View): string {
    const again = (one: unknown): string => valueWords(entry, field, one, view);
    if (typeof value === 'boolean') {
      return known(`desk.held.value.${field}.${String(value)}`) ?? t(value ? 'desk.held.yes' : 'desk.held.no');
    }
    if (Array.isArray(value)) return value.map(again).filter(Boolean).join('、');
    if (isFields(value)) {
      if (typeof value['label'] === 'string') return layoutWords(value);
      if (field === 'seen' && 'value' in value) return again(value['value']);
      return JSON.stringify(value);
    }
    if (typeof value !== 'string') return value === null ? '' : String(value);
    if (ID.test(value) || field === 'id') {
      return nameOf(entry, value, view) || (field === 'id' && MAKES.test(entry.mutation) ? '' : t('desk.held.notHere'));
    }
    if (SHA.test(value)) return namedIn(entry, view).length > 0 ? '' : t('desk.held.notHere');
    if (DAY.test(value)) return formatDay(startOfDay(dayFrom(value)));
    if (field === 'item') {
      const version = isFields(entry.args) ? entry.args['itemVersion'] : undefined;
      return itemName(value, typeof version === 'number' ? version : undefined);
    }
    return known(`ticket.${field}.${value}`, `desk.held.value.${field}.${value}`) ?? value;
  }

  function factWords(entry: HeldEntry, fact: HeldFact, view: View): { name: string; value: string } {
    const { field, value } = fact;
    const name = known(`desk.held.field.${entry.mutation}.${field}`, `desk.held.field.any.${field}`) ?? field;
    const now = valueWords(entry, field, value, view);
    if (!('before' in fact)) return { name, value: now };
    const empty = t('desk.conflict.empty');
    const before = valueWords(entry, field, fact.before, view);
    return { name, value: t('desk.held.edit', { now: now || empty, before: before || empty }) };
  }

  return {
    title,
    facts: (entry, view) =>
      [...heldContent(entry).facts.map((fact) => factWords(entry, fact, view)), ...clashFacts(entry, view)].filter(
        ({ value }) => value !== '',
      ),
    named: namedIn,
  };
}
