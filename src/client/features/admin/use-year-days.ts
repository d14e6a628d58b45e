import { computed, type ComputedRef } from 'vue';
import { OFFICE } from '../../../domain/space/space.ts';
import { dayOf, yearOf } from '../../../domain/time/shanghai-day.ts';
import { yearsMissing } from '../../../domain/term/calendar.ts';
import type { ClockRules } from '../../../domain/term/clock.ts';
import { standardDays } from '../../../domain/term/standard-days.ts';
import { yearDaysId, type YearDays } from '../../../domain/term/year-days.ts';
import type { SaveRequest } from '../../../sync/engine-api.ts';
import { useNow } from '../../composables/use-now.ts';
import { useRecord } from '../../composables/use-view.ts';
import type { DayEdits } from './day-runs.ts';

/** One year as it stands: the office's own table, the announced one, or none yet. */
export function useYearDays(year: () => number): ComputedRef<YearDays> {
  const own = useRecord(
    () => OFFICE,
    'workdays',
    () => yearDaysId(year()),
  );
  return computed(() => own.value?.data ?? standardDays(year()) ?? { year: year(), days: {} });
}

/** Years that should have a table and have none. */
export function useYearsMissing(rules: () => ClockRules): ComputedRef<number[]> {
  const now = useNow();
  return computed(() => yearsMissing(rules().calendar, dayOf(now.value)));
}

export function useThisYear(): ComputedRef<number> {
  const now = useNow();
  return computed(() => yearOf(dayOf(now.value)));
}

export const toWorkdays = (year: number, days: DayEdits): SaveRequest => ({
  space: OFFICE,
  name: 'workdays.edit',
  v: 1,
  args: { year, days },
  about: { kind: 'workdays', id: yearDaysId(year) },
});
