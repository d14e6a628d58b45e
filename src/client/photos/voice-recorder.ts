import { SOUND_MAX_SECONDS, SOUND_TYPES, type SoundType } from '../../domain/photo/media.ts';

/** Speech stays clear and a minute stays under 300 KB. */
const BITS = 32_000;

export interface Recording {
  sound: Blob;
  type: SoundType;
  seconds: number;
}

export interface RunningRecorder {
  /** Ends it, if the minute has not. */
  stop(): void;
  done: Promise<Recording | null>;
}

export const soundTypeHere = (): SoundType | null =>
  typeof MediaRecorder === 'undefined'
    ? null
    : (SOUND_TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null);

/** Records until it is stopped or the minute is over; null where nothing came. Throws where there is no microphone. */
export async function recordVoice(type: SoundType, onLeft: (seconds: number) => void): Promise<RunningRecorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS });
  const parts: Blob[] = [];
  const began = performance.now();
  const seconds = (): number => Math.min(SOUND_MAX_SECONDS, (performance.now() - began) / 1000);
  const stop = (): void => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  const ticking = setInterval(() => {
    const left = SOUND_MAX_SECONDS - seconds();
    onLeft(Math.ceil(left));
    if (left <= 0) stop();
  }, 250);
  const done = new Promise<Recording | null>((resolve) => {
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) parts.push(data);
    };
    recorder.onstop = () => {
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      resolve(parts.length > 0 ? { sound: new Blob(parts, { type }), type, seconds: seconds() } : null);
    };
  });
  recorder.start();
  onLeft(SOUND_MAX_SECONDS);
  return { stop, done };
}
