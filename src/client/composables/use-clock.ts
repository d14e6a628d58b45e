import { computed, type ComputedRef } from 'vue';
import { OFFICE } from '../../domain/space/space.ts';
import { clockRulesOf, type ClockRules } from '../../domain/term/clock.ts';
import { TERMS_ID } from '../../domain/term/term-table.ts';
import { useList, useRecord } from './use-view.ts';

/** What the office's clocks go by. A page asks once and hands them on. */
export function useClockRules(): ComputedRef<ClockRules> {
  const terms = useRecord(
    () => OFFICE,
    'terms',
    () => TERMS_ID,
  );
  const years = useList(() => ({ space: OFFICE, kind: 'workdays', index: 'all' }));
  return computed(() =>
    clockRulesOf(
      terms.value?.data,
      years.value.map(({ data }) => data),
    ),
  );
}
