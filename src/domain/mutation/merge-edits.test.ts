import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeEdits, type Edits } from './merge-edits.ts';

interface Note {
  text: string;
  item: string;
  urgent: boolean;
}

const note: Note = { text: '灯坏了', item: 'LD01', urgent: false };

test('a field that is as its author saw it takes the new value', () => {
  expect(mergeEdits(note, { text: { from: '灯坏了', to: '三楼的灯坏了' } })).toEqual({
    merged: { ...note, text: '三楼的灯坏了' },
    clashes: [],
  });
});

test('a field that someone changed meanwhile keeps what stands, and the other value is told', () => {
  const { merged, clashes } = mergeEdits(
    { ...note, urgent: true, text: '四楼的灯坏了' },
    { text: { from: '灯坏了', to: '三楼的灯坏了' }, urgent: { from: false, to: false } },
  );
  expect(merged.text).toBe('四楼的灯坏了');
  expect(clashes).toEqual([
    { field: 'text', from: '灯坏了', mine: '三楼的灯坏了', theirs: '四楼的灯坏了' },
    { field: 'urgent', from: 'false', mine: 'false', theirs: 'true' },
  ]);
});

test('two who wanted the same do not clash', () => {
  const edits: Edits<Note> = { text: { from: '灯坏了', to: '三楼的灯坏了' } };
  expect(mergeEdits({ ...note, text: '三楼的灯坏了' }, edits).clashes).toEqual([]);
});

test('what was given is not changed', () => {
  const before = { ...note };
  mergeEdits(note, { urgent: { from: false, to: true } });
  expect(note).toEqual(before);
});

const value = fc.constantFrom('a', 'b', 'c');
const edit = fc.record({ from: value, to: value });
const edits = fc.record({ x: fc.option(edit, { nil: undefined }), y: fc.option(edit, { nil: undefined }) });
const standing = fc.record({ x: value, y: value });

test('the same edits a second time change nothing more', () => {
  fc.assert(
    fc.property(standing, edits, (data, said) => {
      const { merged } = mergeEdits(data, said);
      expect(mergeEdits(merged, said).merged).toEqual(merged);
    }),
  );
});

test('edits of different fields come to the same in either order', () => {
  fc.assert(
    fc.property(standing, edit, edit, (data, x, y) => {
      const xFirst = mergeEdits(mergeEdits(data, { x }).merged, { y }).merged;
      const yFirst = mergeEdits(mergeEdits(data, { y }).merged, { x }).merged;
      expect(xFirst).toEqual(yFirst);
    }),
  );
});

test('no value is lost: each goes in, stands already, or is told', () => {
  fc.assert(
    fc.property(standing, edits, (data, said) => {
      const { merged, clashes } = mergeEdits(data, said);
      for (const field of ['x', 'y'] as const) {
        const wanted = said[field]?.to;
        if (wanted === undefined) expect(merged[field]).toBe(data[field]);
        else expect(merged[field] === wanted || clashes.some((clash) => clash.mine === wanted)).toBe(true);
      }
    }),
  );
});
