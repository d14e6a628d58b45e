import * as v from 'valibot';
import { editOf } from '../mutation/edit.ts';
import { dayField } from '../mutation/fields.ts';
import { dayFrom } from '../time/shanghai-day.ts';
import { AMOUNT_MAX, TERM_UNITS, type Term } from './term-table.ts';

const termSchema: v.GenericSchema<unknown, Term> = v.pipe(
  v.strictObject({ amount: v.pipe(v.number(), v.integer(), v.minValue(1)), unit: v.picklist(TERM_UNITS) }),
  v.check(({ amount, unit }) => amount <= AMOUNT_MAX[unit], 'too long'),
);
const termEdit = v.optional(editOf(termSchema));

export const termsEditArgs = v.strictObject({
  'P0.respond': termEdit,
  'P0.finish': termEdit,
  'P1.respond': termEdit,
  'P1.finish': termEdit,
  'P2.respond': termEdit,
  'P2.finish': termEdit,
  'P3.respond': termEdit,
  'P3.finish': termEdit,
});

/** `plain` is a day like any other of its weekday. */
export const DAY_CHOICES = ['plain', 'off', 'work'] as const;
export const FIRST_YEAR = 2020;
export const LAST_YEAR = 2100;

const realDay = v.pipe(
  dayField,
  v.check((text) => !Number.isNaN(dayFrom(text)), 'no such day'),
);

export const workdaysEditArgs = v.pipe(
  v.strictObject({
    year: v.pipe(v.number(), v.integer(), v.minValue(FIRST_YEAR), v.maxValue(LAST_YEAR)),
    days: v.record(realDay, editOf(v.picklist(DAY_CHOICES))),
  }),
  v.check(({ year, days }) => Object.keys(days).every((day) => day.startsWith(`${year}-`)), 'of another year'),
);
