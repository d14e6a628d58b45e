import type { MediaType } from '../domain/photo/media.ts';
import type { TextResponse } from '../protocol/sync-lines.ts';
import type { SyncRequest } from '../protocol/sync-messages.ts';
import type { PageRows } from './cache-port.ts';
import type { MediaRefusal } from './outbox-port.ts';

/** A page as it came. Where there are many like it its rows are made while other things go on, and `rows` has none. */
export type AnswerPage = TextResponse['pages'][number] & { many?: { count: number; made: Promise<PageRows> } };

export type Answer = Omit<TextResponse, 'pages'> & { pages: AnswerPage[] };

/** Why no answer came. Nothing is deleted for any of them. */
export type TransportFault =
  | 'offline' // no answer at all
  | 'unauthenticated' // 401: pause, ask to sign in
  | 'too_large' // 413: halve
  | 'rate_limited' // 429: wait
  | 'not_doorstep' // an answer that is not ours: a captive portal's page, a proxy's
  | 'refused' // 4xx of ours: a fault in the program
  | 'server'; // 5xx

export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly fault: TransportFault;
  readonly retryAfterMs: number | null;

  constructor(fault: TransportFault, retryAfterMs: number | null = null) {
    super(fault);
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface SyncTransport {
  /** Throws TransportError; gives up as `offline` after `timeoutMs`. */
  sync(request: SyncRequest, timeoutMs: number): Promise<Answer>;
}

/** What came of one request about bytes. Nothing is deleted for any of them but `complete`. */
export type PhotoAnswer =
  | { type: 'standing'; offset: number; complete: boolean }
  /** Nothing of it is there. */
  | { type: 'none' }
  /** 409: they end elsewhere. */
  | { type: 'mismatch'; offset: number }
  /** 422: all came and had another hash. */
  | { type: 'broken' }
  | { type: 'refused'; reason: MediaRefusal }
  | { type: 'fault'; fault: TransportFault; retryAfterMs: number | null };

export interface PhotoPiece {
  sha: string;
  type: MediaType;
  /** How many bytes there are in all, and where these begin. */
  length: number;
  offset: number;
  bytes: ArrayBuffer;
}

/** Never throws for what the network does. */
export interface PhotoTransport {
  head(sha: string, timeoutMs: number): Promise<PhotoAnswer>;
  patch(piece: PhotoPiece, timeoutMs: number): Promise<PhotoAnswer>;
}
