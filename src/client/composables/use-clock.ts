import { computed, type ComputedRef } from 'vue';
import { OFFICE } from '../../domain/space/space.ts';
import { calendarOf } from '../../domain/term/calendar.ts';
import type { ClockRules } from '../../domain/term/clock.ts';
import { STANDARD_TERMS, TERMS_ID } from '../../domain/term/term-table.ts';
import { useList, useRecord } from './use-view.ts';

/** What the office's clocks go by: its own tables, or the standard ones. A page asks once and hands them on. */
export function useClockRules(): ComputedRef<ClockRules> {
  const terms = useRecord(
    () => OFFICE,
    'terms',
    () => TERMS_ID,
  );
  const years = useList(() => ({ space: OFFICE, kind: 'workdays', index: 'all' }));
  const calendar = computed(() => calendarOf(years.value.map(({ data }) => data)));
  return computed(() => ({ terms: terms.value?.data ?? STANDARD_TERMS, calendar: calendar.value }));
}
