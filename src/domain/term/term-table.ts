import { TIERS, type Tier } from '../catalogue/catalogue.ts';

/** 受理 and 办结: until the desk first acts, and until a result is there. */
export const LEGS = ['respond', 'finish'] as const;
export const TERM_UNITS = ['hour', 'workday'] as const;

export type Leg = (typeof LEGS)[number];

/** How long something may take: plain hours, or working days that end with the last of them. */
export interface Term {
  amount: number;
  unit: (typeof TERM_UNITS)[number];
}

export type TermField = `${Tier}.${Leg}`;

/** 时限: how long each tier may take. Record `terms` of the office; where there is none, the standard holds. */
export type TermTable = Readonly<Record<TermField, Term>>;

export const TERMS_ID = 'terms';

export const TERM_FIELDS: readonly TermField[] = TIERS.flatMap((tier) =>
  LEGS.map((leg): TermField => `${tier}.${leg}`),
);

export const isTermField = (field: string): field is TermField => TERM_FIELDS.some((known) => known === field);

/** The longest that can be set, of either unit: half a year or so. */
export const AMOUNT_MAX = { hour: 999, workday: 120 } as const satisfies Record<Term['unit'], number>;

export const STANDARD_TERMS: TermTable = {
  'P0.respond': { amount: 2, unit: 'hour' },
  'P0.finish': { amount: 24, unit: 'hour' },
  'P1.respond': { amount: 24, unit: 'hour' },
  'P1.finish': { amount: 3, unit: 'workday' },
  'P2.respond': { amount: 1, unit: 'workday' },
  'P2.finish': { amount: 5, unit: 'workday' },
  'P3.respond': { amount: 1, unit: 'workday' },
  'P3.finish': { amount: 15, unit: 'workday' },
};

/** `3 workday`: how an edit compares terms, and how a conflict keeps one. */
export const termText = ({ amount, unit }: Term): string => `${amount} ${unit}`;

export function termFrom(text: string): Term | undefined {
  const [, amount, unit] = /^(\d{1,3}) (hour|workday)$/.exec(text) ?? [];
  return amount === undefined ? undefined : { amount: Number(amount), unit: unit === 'hour' ? 'hour' : 'workday' };
}
