import { expect } from 'vitest';

const BEAT = ': beat\n\n';

export interface HeardPokes {
  response: Response;
  /** What came since, but for signs of life. */
  next(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Opens a stream of a server and waits until it is subscribed. */
export async function hearPokes(url: string, cookie: string): Promise<HeardPokes> {
  const response = await fetch(`${url}/api/poke`, { headers: { cookie } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no stream');
  expect((await reader.read()).value).toBe(BEAT);
  const next = async (): Promise<string | undefined> => {
    const { value } = await reader.read();
    return value === BEAT ? next() : value;
  };
  return { response, next, close: () => reader.cancel() };
}
