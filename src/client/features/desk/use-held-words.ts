import { useI18n } from 'vue-i18n';
import { findPart } from '../../../domain/building/layout.ts';
import { communitySpace } from '../../../domain/space/space.ts';
import { dayFrom, startOfDay } from '../../../domain/time/shanghai-day.ts';
import type { HeldEntry } from '../../../protocol/desk-messages.ts';
import type { View } from '../../../sync/engine-api.ts';
import { useItemName } from '../../composables/use-catalogue.ts';
import { useFormat } from '../../composables/use-format.ts';
import { heldContent, isFields, type HeldFact } from './held-content.ts';
import { heldWhat } from './held-words.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SHA = /^[0-9a-f]{64}$/;

/** 2单元（3（301、302）） */
function layoutWords({ label, floors, rooms }: Record<string, unknown>): string {
  const within = [floors, rooms].flatMap((parts) => (Array.isArray(parts) ? parts.filter(isFields) : []));
  return `${String(label)}${within.length > 0 ? `（${within.map(layoutWords).join('、')}）` : ''}`;
}

/** What a held mutation is called, and everything that it says, in the words of the forms in which it was written. */
export function useHeldWords(): {
  title(entry: HeldEntry): string;
  facts(entry: HeldEntry, view: View): { name: string; value: string }[];
} {
  const { t, te } = useI18n();
  const { formatDay } = useFormat();
  const itemName = useItemName();
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

  /** What an id stands for, as far as this device has it; else nobody could read it. */
  function named({ space, communityId, args }: HeldEntry, id: string, view: View): string {
    const ticket = view.get(space, 'ticket', id)?.data;
    if (ticket) return `${itemName(ticket.item, ticket.itemVersion)} · ${ticket.place.label}`;
    const card = view.get(space, 'card', id)?.data;
    if (card) return card.text;
    const home = communitySpace(communityId ?? '');
    for (const kind of ['building', 'estate', 'grid'] as const) {
      const name = view.get(home, kind, id)?.data.name;
      if (name !== undefined) return name;
    }
    const building = isFields(args) ? view.get(home, 'building', String(args['id']))?.data : undefined;
    return building ? (findPart(building, id)?.label ?? '') : '';
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
    if (ID.test(value) || field === 'id') return named(entry, value, view);
    if (SHA.test(value)) return '';
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
      heldContent(entry)
        .facts.map((fact) => factWords(entry, fact, view))
        .filter(({ value }) => value !== ''),
  };
}
