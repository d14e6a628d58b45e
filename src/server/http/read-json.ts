import type { Context } from 'hono';
import * as v from 'valibot';
import { HttpError } from './http-error.ts';
import { nestsTooDeep } from './nests-too-deep.ts';
import { readBody } from './read-body.ts';

/** No message but the sync request is longer. */
const MAX_BYTES = 64 * 1024;

/** The body as its schema wants it, or the error that says what is wrong with it, without repeating what was sent. */
export async function readJson<S extends v.GenericSchema>(
  c: Context,
  schema: S,
  maxBytes: number = MAX_BYTES,
): Promise<v.InferOutput<S>> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new HttpError('unsupported_media_type');
  const bytes = await readBody(c, maxBytes);
  const result = v.safeParse(schema, parse(bytes));
  if (result.success) return result.output;
  const issues = result.issues.slice(0, 10).map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.type}`);
  throw new HttpError('bad_request', { issues });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(bytes: Uint8Array): unknown {
  const text = orBadBody(() => utf8.decode(bytes));
  // It could be parsed, kept and never be shown again: to write it out takes a stack as deep.
  if (nestsTooDeep(text)) throw badBody('nested too deep');
  return orBadBody(() => JSON.parse(text) as unknown);
}

function orBadBody<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw badBody('not JSON in UTF-8');
  }
}

const badBody = (issue: string): HttpError => new HttpError('bad_request', { issues: [`body: ${issue}`] });
