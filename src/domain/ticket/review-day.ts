import { dayFrom, dayOf } from '../time/shanghai-day.ts';

/** 挂账 is looked at again at least once a month. */
const REVIEW_WITHIN_DAYS = 31;

/** Is this a day on which a matter that is suspended at `at` may be looked at again? */
export function isReviewDay(text: string, at: number): boolean {
  const ahead = dayFrom(text) - dayOf(at);
  return ahead >= 0 && ahead <= REVIEW_WITHIN_DAYS;
}
