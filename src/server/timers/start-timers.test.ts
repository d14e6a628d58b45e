import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTestDependencies, type TestDependencies } from '../../../tests/support/test-dependencies.ts';
import { until } from '../../../tests/support/until.ts';
import { startTimers } from './start-timers.ts';

const MINUTE_MS = 60_000;
const NEEDED = ['a', 'b', 'c'].map((letter) => letter.repeat(64));

let deps: TestDependencies;
let asked: string[];
let answer: () => void;

/** Three photos are needed, and the store answers for none of them before it is let. */
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  deps = await createTestDependencies();
  asked = [];
  const answered = new Promise<null>((resolve) => {
    answer = () => {
      resolve(null);
    };
  });
  deps.photos.store = {
    ...deps.photos.store,
    get(sha) {
      asked.push(sha);
      return answered;
    },
  };
  const refs = NEEDED.map((sha) => ({ sha, space: 'grid:one', kind: 'ticket', id: sha }));
  await deps.db.insertInto('media_ref').values(refs).execute();
  const by = { client: 'c', member_id: 'm', member_name: '', space: 'grid:one', mid: 'm', reason: 'noAccess' };
  const times = { at: 0, device_at: 0, received_at: 0, resolved_at: null, resolved_by: null, resolution: null };
  const what = { id: 'held', mutation: 'ticket.addMedia', version: 1, args: JSON.stringify(NEEDED) };
  await deps.db
    .insertInto('held')
    .values({ ...what, ...by, ...times })
    .execute();
});
afterEach(async () => {
  vi.useRealTimers();
  await deps.close();
});

/** A claim of a card that is not there: it is not due, and the round takes it off the list. */
const isOver = async (cardId: string): Promise<void> => {
  const due = { space: 'wall:one', card_id: cardId, claim_mid: 'm', due_at: deps.now() };
  await deps.db.insertInto('claim_due').values(due).execute();
  vi.advanceTimersByTime(MINUTE_MS);
  await until(
    async () => (await deps.db.selectFrom('claim_due').select('card_id').execute()).length === 0,
    'the end of a claim',
  );
};

test('a photo store that hangs holds up no claim, and a stop waits for the one photo under way alone', async () => {
  const stop = startTimers(deps);
  await isOver('first');
  await until(() => asked.length === 1, 'a look into the store');
  await isOver('second');

  deps.endStreams();
  let stopped = false;
  const stopping = stop().then(() => (stopped = true));
  vi.advanceTimersByTime(MINUTE_MS);
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  answer();
  await stopping;
  expect(asked).toEqual(NEEDED.slice(0, 1));
});
