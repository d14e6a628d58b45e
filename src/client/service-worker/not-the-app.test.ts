import { expect, test } from 'vitest';
import { NOT_THE_APP, PAST_THE_WORKER } from './not-the-app.ts';

const isPast = (path: string): boolean =>
  PAST_THE_WORKER.some((pathname) => new URLPattern({ pathname }).test({ pathname: path }));
const isApp = (path: string): boolean => !NOT_THE_APP.some((pattern) => pattern.test(path));

test.each(['/r', '/r/', '/r/7K3M9QX2TA', '/api/sync', '/api', '/healthz'])('%s is answered by the server', (path) => {
  expect([isApp(path), isPast(path)]).toEqual([false, true]);
});

test.each(['/', '/records', '/door', '/signin', '/rooms'])('%s opens the application', (path) => {
  expect([isApp(path), isPast(path)]).toEqual([true, false]);
});
