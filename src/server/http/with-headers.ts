import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Node's own answer; undefined where a request came through no socket, as in a test. */
const outgoingOf = (c: Context): HttpBindings['outgoing'] | undefined =>
  (c.env as Partial<HttpBindings> | undefined)?.outgoing;

/**
 * Runs what comes next, whose answer has these headers besides its own. Over a socket they are put on Node's answer
 * beforehand: to fill `Headers` and to read them out again takes longer than all the rest of a short answer.
 */
export async function withHeaders(
  c: Context,
  headers: readonly (readonly [name: string, value: string])[],
  next: () => Promise<void>,
): Promise<void> {
  const outgoing = outgoingOf(c);
  if (outgoing) for (const [name, value] of headers) outgoing.setHeader(name, value);
  await next();
  if (!outgoing) for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
}
