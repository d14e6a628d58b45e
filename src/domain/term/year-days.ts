/** 休: a day off; 班: a make-up day, worked though it is a weekend (调休). */
export type DayMark = 'off' | 'work';

/** 工作日: how one year departs from plain weekends. Record of the office; its id is the year. */
export interface YearDays {
  year: number;
  /** By YYYY-MM-DD; what is not here is an ordinary weekday or weekend. */
  days: Readonly<Record<string, DayMark>>;
}

export const yearDaysId = (year: number): string => String(year);
