import * as v from 'valibot';
import { syncResponseSchema } from '../../protocol/sync-messages.ts';
import type { SyncRequest, SyncResponse } from '../../protocol/sync-messages.ts';
import { TransportError } from '../../sync/ports.ts';
import type { SyncTransport, TransportFault } from '../../sync/ports.ts';
import { requestJson } from './request-json.ts';
import type { Answer } from './request-json.ts';

/** What a status means where the body is not ours: a proxy in between may answer for the server. */
function faultOfStatus(status: number): TransportFault {
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'server' : 'not_doorstep';
}

function faultOf(answer: Exclude<Answer, { type: 'ok' }>): TransportFault {
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

/** Syncs over POST /api/sync. An answer that does not fit the schema is not ours, whatever its status says. */
export function createFetchSyncTransport(baseUrl = '', send?: typeof fetch): SyncTransport {
  return {
    async sync(request: SyncRequest, timeoutMs: number): Promise<SyncResponse> {
      const answer = await requestJson('POST', `${baseUrl}/api/sync`, request, timeoutMs, send);
      if (answer.type !== 'ok') {
        throw new TransportError(faultOf(answer), 'retryAfterMs' in answer ? answer.retryAfterMs : null);
      }
      const response = v.safeParse(syncResponseSchema, answer.body);
      if (!response.success) throw new TransportError('not_doorstep');
      return response.output;
    },
  };
}
