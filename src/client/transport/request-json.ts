import * as v from 'valibot';
import { ERROR_CODES } from '../../protocol/error-code.ts';
import type { ErrorCode } from '../../protocol/error-code.ts';

/** What came back: an answer of ours, an error of ours, or neither. */
export type Answer =
  | { type: 'ok'; status: number; body: unknown }
  | { type: 'error'; code: ErrorCode; retryAfterMs: number | null; issues: string[] }
  /** No answer at all, or none in time. */
  | { type: 'offline' }
  /** A captive portal's page, a proxy's error: not from our server. */
  | { type: 'foreign'; status: number; retryAfterMs: number | null };

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

const errorBody = v.object({
  error: v.object({
    code: v.picklist(CODES),
    retryAfterMs: v.optional(v.number()),
    issues: v.optional(v.array(v.string())),
  }),
});

/** Seconds or a date, as HTTP has it; null where it says neither. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Answers of ours in other types than JSON, by their types: how each is read; throws where it is cut. */
export type ReadBody = (bytes: Uint8Array<ArrayBuffer>) => unknown;
type OtherTypes = ReadonlyMap<string, ReadBody>;

const NONE: OtherTypes = new Map();

const typeOf = (response: Response): string =>
  (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** Tells an answer of ours from anything else. */
export async function readAnswer(response: Response, others = NONE): Promise<Answer> {
  const { status } = response;
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), Date.now());
  if (response.ok && status === 204) return { type: 'ok', status, body: null };
  const type = typeOf(response);
  const read = others.get(type);
  if (response.redirected || !(read || type === 'application/json')) return { type: 'foreign', status, retryAfterMs };
  const bytes = new Uint8Array(await response.arrayBuffer());
  let body: unknown;
  try {
    body = read ? await read(bytes) : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Cut off on the way, or never ours.
    return { type: 'foreign', status, retryAfterMs };
  }
  if (response.ok) return { type: 'ok', status, body };
  const known = v.safeParse(errorBody, body);
  if (!known.success) return { type: 'foreign', status, retryAfterMs };
  const { code, issues, retryAfterMs: ms } = known.output.error;
  return { type: 'error', code, retryAfterMs: ms ?? retryAfterMs, issues: issues ?? [] };
}

/** From so many characters on Chromium sends a Blob in half the time of a text; below it the Blob takes longer to make. */
const LARGE_TEXT = 64 * 1024;
/** A browser without room for a Blob says no more than one without a network: after a failure the next goes as text. */
let isBlobTrusted = true;

/** The one door to fetch: sends JSON, reads JSON, never throws for what the network does. */
export async function requestJson(
  method: string,
  path: string,
  body: unknown,
  timeoutMs: number,
  send: typeof fetch = fetch,
  others = NONE,
): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const isLarge = text !== undefined && text.length >= LARGE_TEXT;
  const accept = others.size > 0 ? [...others.keys()].join(', ') : body === undefined ? 'application/json' : undefined;
  try {
    const response = await send(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(accept === undefined ? {} : { accept }),
      },
      body: isLarge && isBlobTrusted ? new Blob([text]) : text,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (isLarge) isBlobTrusted = true;
    return await readAnswer(response, others);
  } catch {
    if (isLarge) isBlobTrusted = !isBlobTrusted;
    // Fetch says nothing more of a failure than that it failed: no network, no server, no time.
    return { type: 'offline' };
  }
}
