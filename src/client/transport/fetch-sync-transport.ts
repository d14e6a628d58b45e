import * as v from 'valibot';
import { SYNC_LINES } from '../../protocol/sync-lines.ts';
import { SYNC_PACKED } from '../../protocol/sync-packed.ts';
import { syncResponseSchema } from '../../protocol/sync-messages.ts';
import type { SyncRequest } from '../../protocol/sync-messages.ts';
import { TransportError } from '../../sync/ports.ts';
import type { Answer, AnswerPage, SyncTransport, TransportFault } from '../../sync/ports.ts';
import type { PagePart } from '../lines/make-page.ts';
import type { PageMaker } from '../lines/page-maker.ts';
import { readAnswerLines } from './read-answer-lines.ts';
import type { ReadAnswer, ReadPage } from './read-answer.ts';
import { readPacked } from './read-packed.ts';
import { requestJson } from './request-json.ts';
import type { Answer as HttpAnswer, OtherTypes } from './request-json.ts';

/** What a status means where the body is not ours: a proxy in between may answer for the server. */
function faultOfStatus(status: number): TransportFault {
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'server' : 'not_doorstep';
}

function faultOf(answer: Exclude<HttpAnswer, { type: 'ok' }>): TransportFault {
  if (answer.type === 'offline') return 'offline';
  if (answer.type === 'foreign') return faultOfStatus(answer.status);
  switch (answer.code) {
    case 'unauthenticated':
      return 'unauthenticated';
    case 'too_large':
      return 'too_large';
    case 'rate_limited':
      return 'rate_limited';
    case 'internal':
    case 'unavailable':
      return 'server';
    default:
      return 'refused';
  }
}

/** A page whose rows are made beside; whoever takes it hears of it where they are none. */
function oneOfMany(page: AnswerPage, parts: PagePart[], make: PageMaker): AnswerPage {
  const made = make(parts).catch(() => {
    throw new TransportError('not_doorstep');
  });
  made.catch(() => undefined);
  return { ...page, rows: [], many: { count: parts.reduce((sum, { count }) => sum + count, 0), made } };
}

const withRows = (answer: Answer, read: readonly ReadPage[], make: PageMaker | undefined): Answer => ({
  ...answer,
  pages: answer.pages.map((page, n) => {
    const came = read[n]!;
    if ('rows' in came) return { ...page, rows: came.rows };
    return make === undefined ? page : oneOfMany(page, came.parts, make);
  }),
});

/**
 * Syncs over POST /api/sync; who can `make` the rows of large pages beside has them packed. An answer that does not fit the schema is not
 * ours, whatever its status says.
 */
export function createFetchSyncTransport(baseUrl = '', send?: typeof fetch, make?: PageMaker): SyncTransport {
  return {
    async sync(request: SyncRequest, timeoutMs: number): Promise<Answer> {
      // A server from before there were lines answers in JSON.
      let read: ReadAnswer | null = null;
      const asLines: OtherTypes = new Map([[SYNC_LINES, (bytes) => (read = readAnswerLines(bytes))?.answer]]);
      const asPacked: OtherTypes = new Map([[SYNC_PACKED, async (bytes) => (read = await readPacked(bytes))?.answer]]);
      const types = new Map(make === undefined ? asLines : [...asPacked, ...asLines]);
      const answer = await requestJson('POST', `${baseUrl}/api/sync`, request, timeoutMs, send, types);
      if (answer.type !== 'ok') {
        throw new TransportError(faultOf(answer), 'retryAfterMs' in answer ? answer.retryAfterMs : null);
      }
      const response = v.safeParse(syncResponseSchema, answer.body);
      if (!response.success) throw new TransportError('not_doorstep');
      const { pages } = (read as ReadAnswer | null) ?? {};
      return pages === undefined ? response.output : withRows(response.output, pages, make);
    },
  };
}
