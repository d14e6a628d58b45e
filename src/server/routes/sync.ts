import { Hono } from 'hono';
import { SYNC_LINES } from '../../protocol/sync-lines.ts';
import { MAX_REQUEST_BYTES, syncRequestSchema } from '../../protocol/sync-messages.ts';
import { SYNC_PACKED } from '../../protocol/sync-packed.ts';
import { readSession } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { takeOrThrow } from '../http/rate-limit.ts';
import { readJson } from '../http/read-json.ts';
import { giveBack, sendJson, sendPacked, sendParts } from '../http/send-json.ts';
import { encodeLines } from '../sync/encode-lines.ts';
import { encodePacked, isWorthPacking } from '../sync/encode-packed.ts';
import { answerSync, handleSync, IN_LINES, PACKED } from '../sync/handle-sync.ts';

/** A first sync of 100,000 records and a queue of some thousand mutations fit in, a loop gone wild does not. */
const RATE = { burst: 300, perSecond: 5 };

/**
 * POST /api/sync: push and pull in one round trip. A session that was revoked is let in: what it hands in is held.
 * A mutation is never answered by an HTTP error.
 */
export const syncRoutes = (deps: Dependencies): Hono =>
  new Hono().post('/sync', async (c) => {
    const session = await readSession(deps, c);
    if (!session) throw new HttpError('unauthenticated');
    takeOrThrow(deps, 'sync', session.id, RATE);
    const request = await readJson(c, syncRequestSchema, MAX_REQUEST_BYTES);
    const accepted = (c.req.header('accept') ?? '').split(',').map((type) => type.split(';')[0]?.trim());
    if (!accepted.includes(SYNC_LINES)) return sendJson(c, await handleSync(deps, session, request));
    const takesPacked = accepted.includes(SYNC_PACKED);
    const answer = await answerSync(deps, session, request, takesPacked ? PACKED : IN_LINES);
    if (!takesPacked || !isWorthPacking(answer)) return sendParts(c, encodeLines(answer), SYNC_LINES);
    const parts = await encodePacked(answer, deps.packedPages);
    for (const { lines } of answer.pages) giveBack(lines.bytes);
    return sendPacked(c, parts, SYNC_PACKED);
  });
