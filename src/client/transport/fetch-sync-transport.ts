import * as v from 'valibot';
import { SYNC_LINES } from '../../protocol/sync-lines.ts';
import { SYNC_PACKED } from '../../protocol/sync-packed.ts';
import { syncResponseSchema } from '../../protocol/sync-messages.ts';
import type { SyncRequest } from '../../protocol/sync-messages.ts';
import { TransportError } from '../../sync/transport-port.ts';
import type { Answer, SyncTransport, TransportFault } from '../../sync/transport-port.ts';
import type { PageMaker } from '../lines/page-maker.ts';
import { readAnswerLines } from './read-answer-lines.ts';
import type { ReadAnswer, ReadPage } from './read-answer.ts';
import { readPacked } from './read-packed.ts';
import { requestJson } from './request-json.ts';
import type { Answer as HttpAnswer, ReadBody } from './request-json.ts';

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

const withRows = (answer: Answer, read: readonly ReadPage[]): Answer => ({
  ...answer,
  pages: answer.pages.map((page, n) => ({ ...page, ...read[n]! })),
});

/** Nothing is here yet of a space, or a pull of many pages is under way. */
const mayBringMany = ({ epoch, pull }: SyncRequest): boolean =>
  epoch === null || pull.some(({ rows, cursor, upTo }) => rows && (cursor === null || upTo !== null));

/**
 * Syncs over POST /api/sync; who can `make` the rows of large pages beside has them packed, until one could not be read or
 * had not come in time: from then on they come as lines, of which half as many make a page. An answer that does not fit the
 * schema is not ours, whatever its status says.
 */
export function createFetchSyncTransport(baseUrl = '', send?: typeof fetch, make?: PageMaker): SyncTransport {
  let takesPacked = make !== undefined;
  const asLines = (): void => {
    takesPacked = false;
  };

  return {
    async sync(request: SyncRequest, timeoutMs: number): Promise<Answer> {
      // A server from before there were lines answers in JSON.
      let read: ReadAnswer | null = null;
      const types = new Map<string, ReadBody>([[SYNC_LINES, (bytes) => (read = readAnswerLines(bytes))?.answer]]);
      if (make !== undefined && takesPacked) {
        if (mayBringMany(request)) make.getReady();
        const underWay = new Set(request.pull.filter(({ upTo }) => upTo !== null).map(({ space }) => space));
        types.set(SYNC_PACKED, async (bytes) => {
          read = await readPacked(bytes, make, underWay).catch(() => null);
          if (read === null) asLines();
          for (const { many } of read?.pages ?? []) many?.made.catch(asLines);
          return read?.answer;
        });
      }
      const sentAt = performance.now();
      const answer = await requestJson('POST', `${baseUrl}/api/sync`, request, timeoutMs, send, types);
      if (answer.type === 'offline' && Math.ceil(performance.now() - sentAt) >= timeoutMs) asLines();
      if (answer.type !== 'ok') {
        throw new TransportError(faultOf(answer), 'retryAfterMs' in answer ? answer.retryAfterMs : null);
      }
      const response = v.safeParse(syncResponseSchema, answer.body);
      if (!response.success) throw new TransportError('not_doorstep');
      const { pages } = (read as ReadAnswer | null) ?? {};
      return pages === undefined ? response.output : withRows(response.output, pages);
    },
  };
}
