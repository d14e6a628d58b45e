import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordVoice } from './voice-recorder.ts';

/** A microphone that gives some bytes when it is stopped, as browsers do where no slices are asked for. */
class HummingRecorder {
  state: 'inactive' | 'recording' = 'inactive';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  start(): void {
    this.state = 'recording';
  }
  stop(): void {
    this.state = 'inactive';
    this.ondataavailable?.({ data: new Blob([bytes]) });
    this.onstop?.();
  }
}

let bytes: string;
const track = { stop: vi.fn(() => undefined) };

beforeEach(() => {
  bytes = 'hum';
  track.stop.mockClear();
  vi.useFakeTimers();
  vi.stubGlobal('MediaRecorder', HummingRecorder);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.resolve({ getTracks: () => [track] }) } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('it tells what is left, and ends by itself when the minute is over', async () => {
  const left: number[] = [];
  const { done } = await recordVoice('audio/webm', (seconds) => left.push(seconds));
  const ended = vi.fn<(recording: unknown) => void>();
  void done.then(ended);
  await vi.advanceTimersByTimeAsync(59_750);
  expect([left[0], left.at(-1), ended.mock.calls.length]).toEqual([60, 1, 0]);
  expect(track.stop).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(250);
  expect(await done).toMatchObject({ type: 'audio/webm', seconds: 60 });
  expect(left.at(-1)).toBe(0);
  // Nothing listens on.
  expect(track.stop).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('stopped before, it is as long as was spoken; stopped twice, it ends once', async () => {
  const { stop, done } = await recordVoice('audio/webm', () => undefined);
  await vi.advanceTimersByTimeAsync(12_500);
  stop();
  stop();
  expect(await done).toMatchObject({ seconds: 12.5 });
  expect(track.stop).toHaveBeenCalledTimes(1);
});

test('a microphone that gave nothing has recorded nothing', async () => {
  bytes = '';
  const { stop, done } = await recordVoice('audio/webm', () => undefined);
  stop();
  expect(await done).toBeNull();
});
