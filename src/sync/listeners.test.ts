import { expect, test } from 'vitest';
import { createListeners } from './listeners.ts';

test('one that fails keeps neither the others nor the teller from going on, and its fault is noted', () => {
  const faults: unknown[] = [];
  const heard: number[] = [];
  const listeners = createListeners<number>((error) => faults.push(error));
  const fault = new TypeError('a page that is half gone');
  listeners.add(() => {
    throw fault;
  });
  listeners.add((value) => heard.push(value));
  listeners.tell(7);
  expect(heard).toEqual([7]);
  expect(faults).toEqual([fault]);
});
