import { expect, test } from 'vitest';
import { buildCatalogue } from '../../../domain/catalogue/catalogue-build.ts';
import { SUGGESTED, suggestedItems } from './common-items.ts';

const catalogue = buildCatalogue((text) => [...text]);
const logged = (item: string, loggedBy = 'others') => ({ item, loggedBy });
const codes = (tickets: ReturnType<typeof logged>[], from = catalogue) =>
  suggestedItems(from, tickets, 'me').map(({ code }) => code);

test('a grid without matters begins with what is usual', () => {
  expect(codes([])).toHaveLength(SUGGESTED);
});

test('my own latest come first, each once, then what the grid logs most', () => {
  const tickets = [logged('CQ01'), logged('YL07', 'me'), logged('ZS02'), logged('ZS02'), logged('YL07', 'me')];
  expect(codes([...tickets, logged('HJ01', 'me')]).slice(0, 4)).toEqual(['YL07', 'HJ01', 'ZS02', 'CQ01']);
});

test('a disabled item is not offered, however often it was logged', () => {
  const without = {
    ...catalogue,
    classes: catalogue.classes.map((one) => ({
      ...one,
      items: one.items.map((item) => ({ ...item, disabled: item.code === 'LD01' })),
    })),
  };
  expect(codes([logged('LD01', 'me')], without)).not.toContain('LD01');
});
