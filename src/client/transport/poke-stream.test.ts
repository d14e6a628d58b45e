// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenToPokes } from './poke-stream.ts';

/** A stream that the server refuses: what the browser does with it is told by hand. */
class Stream {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 0;
  onerror: (() => void) | null = null;
  constructor() {
    Stream.opened.push(this);
  }
  refuse(): void {
    this.readyState = Stream.CLOSED;
    this.onerror?.();
  }
  close(): void {
    this.readyState = Stream.CLOSED;
  }
}

const MINUTE = 60_000;
let revoked: boolean;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  Stream.opened = [];
  revoked = false;
  vi.stubGlobal('EventSource', Stream);
  const locks = { request: (_name: string, _options: unknown, run: () => Promise<void>) => run() };
  vi.stubGlobal('navigator', { locks });
  stop = listenToPokes(
    'm',
    () => undefined,
    () => revoked,
  );
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (minutes: number) => vi.advanceTimersByTimeAsync(minutes * MINUTE);

test('a stream that the server closed is opened again', async () => {
  Stream.opened[0]!.refuse();
  await pass(1);
  Stream.opened[1]!.refuse();
  await pass(1);
  expect(Stream.opened).toHaveLength(3);
});

test('[RV1] a revoked session asks until it was refused, and then not before a sign-in', async () => {
  // The engine has not heard of it yet.
  Stream.opened[0]!.refuse();
  revoked = true;
  await pass(1);
  expect(Stream.opened).toHaveLength(2);
  Stream.opened[1]!.refuse();
  await pass(10);
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(10);
  expect(Stream.opened).toHaveLength(2);

  revoked = false;
  await pass(1);
  expect(Stream.opened).toHaveLength(3);
});

test('[RV1] nor does a page that was out of sight and is seen again', async () => {
  revoked = true;
  Stream.opened[0]!.refuse();
  const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(1);
  state.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(1);
  expect(Stream.opened).toHaveLength(1);
});
