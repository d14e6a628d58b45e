import * as v from 'valibot';
import { SYNC_LINES } from '../../protocol/sync-lines.ts';
import { syncResponseSchema } from '../../protocol/sync-messages.ts';
import type { SyncRequest } from '../../protocol/sync-messages.ts';
import { TransportError } from '../../sync/ports.ts';
import type { Answer, AnswerPage, StoredRow, SyncTransport, TransportFault } from '../../sync/ports.ts';
import type { PageMaker } from '../lines/page-maker.ts';
import { readAnswerLines } from './read-answer-lines.ts';
import type { AnswerLines, UnreadLines } from './read-answer-lines.ts';
import { requestJson } from './request-json.ts';
import type { Answer as HttpAnswer } from './request-json.ts';

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

function withRows(page: AnswerPage, rows: StoredRow[], unread: UnreadLines | undefined, make?: PageMaker): AnswerPage {
  if (unread === undefined || make === undefined) return { ...page, rows };
  const made = make(unread.lines, unread.count);
  // Whoever takes the page hears of it.
  made.catch(() => undefined);
  return { ...page, rows, many: { count: unread.count, made } };
}

const withLines = (answer: Answer, { rows, unread }: AnswerLines, make?: PageMaker): Answer => ({
  ...answer,
  pages: answer.pages.map((page, n) => withRows(page, rows[n] ?? [], unread[n], make)),
});

/** Syncs over POST /api/sync; `make` makes the rows of large pages beside. An answer that does not fit the schema is not ours, whatever its status says. */
export function createFetchSyncTransport(baseUrl = '', send?: typeof fetch, make?: PageMaker): SyncTransport {
  return {
    async sync(request: SyncRequest, timeoutMs: number): Promise<Answer> {
      // A server from before there were lines answers in JSON.
      let lines: AnswerLines | null = null;
      const read = (bytes: Uint8Array): unknown => {
        lines = readAnswerLines(bytes, make !== undefined);
        return lines?.answer;
      };
      const inLines = { type: SYNC_LINES, read };
      const answer = await requestJson('POST', `${baseUrl}/api/sync`, request, timeoutMs, send, inLines);
      if (answer.type !== 'ok') {
        throw new TransportError(faultOf(answer), 'retryAfterMs' in answer ? answer.retryAfterMs : null);
      }
      const response = v.safeParse(syncResponseSchema, answer.body);
      if (!response.success) throw new TransportError('not_doorstep');
      return lines === null ? response.output : withLines(response.output, lines, make);
    },
  };
}
