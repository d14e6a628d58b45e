import { expect, test } from 'vitest';
import { standardDays } from '../../../domain/term/standard-days.ts';
import { runsOf } from './day-runs.ts';
import { isOfAnotherYear, readNotice } from './holiday-notice.ts';

const NOTICE_2026 = `经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`;

test('the notice of 2026 reads as the year that is built in', () => {
  expect(readNotice(2026, NOTICE_2026)).toEqual(runsOf(standardDays(2026)?.days ?? {}));
});

test('a holiday over the end of a month, and one of a single day', () => {
  const text =
    '元旦：1月1日（周三）放假1天，不调休。春节：1月28日至2月4日放假调休，共8天。1月26日（周日）、2月8日（周六）上班。';
  expect(readNotice(2025, text)).toEqual([
    { mark: 'off', first: '2025-01-01', last: '2025-01-01' },
    { mark: 'work', first: '2025-01-26', last: '2025-01-26' },
    { mark: 'off', first: '2025-01-28', last: '2025-02-04' },
    { mark: 'work', first: '2025-02-08', last: '2025-02-08' },
  ]);
});

test('text without such days reads as nothing, and no day that there is not', () => {
  expect(readNotice(2027, '请大家安排好值班。')).toEqual([]);
  expect(readNotice(2027, '2月30日放假。')).toEqual([]);
});

test('a notice of another year is told', () => {
  expect(isOfAnotherYear(2027, NOTICE_2026)).toBe(true);
  expect(isOfAnotherYear(2026, NOTICE_2026)).toBe(false);
  expect(isOfAnotherYear(2027, '1月1日放假。')).toBe(false);
});
