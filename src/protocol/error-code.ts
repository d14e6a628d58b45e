/**
 * What an HTTP request can fail with. Closed list; each has what the client does next.
 * A mutation is never answered by one of these: it gets a receipt.
 * Nothing on a device is ever deleted because of one of these.
 */
export const ERROR_CODES = {
  /** The body or a parameter does not fit its schema. Client: a fault of ours, show it, keep everything. */
  bad_request: 400,
  /** No session, or an ended one. Client: pause, keep everything, ask to sign in. */
  unauthenticated: 401,
  /** Name and password do not fit. Client: say so beside the field. */
  wrong_credentials: 401,
  /** The actor may not do this. Client: hide it next time, say so. */
  forbidden: 403,
  /** Nothing here, or nothing that you may know of. Client: say so. */
  not_found: 404,
  method_not_allowed: 405,
  /** Taken already: a sign-in name, an accepted invitation, a finished set-up. Client: say which. */
  conflict: 409,
  /** The bytes do not begin where those that are here end. Client: go on from the answer's `Upload-Offset`. */
  offset_mismatch: 409,
  /** The body is larger than allowed. Client: halve the batch and send again. */
  too_large: 413,
  unsupported_media_type: 415,
  /** All bytes came and do not have the hash that they were sent under; they were thrown away. Client: begin anew. */
  checksum_mismatch: 422,
  /** Not a file of the type it is called, or one that says where it was made. Client: keep it, do not send it again. */
  media_refused: 422,
  /** Too many bytes that no record needs yet. Client: push the waiting mutations, then try again. */
  uploads_full: 429,
  /** Too many tries. Client: wait `retryAfterMs`, then try again. */
  rate_limited: 429,
  /** A fault of the server. Client: keep everything, back off, try again. */
  internal: 500,
  /** Stopping, or the database is busy. Client: the same. */
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The body of every answer that is not 2xx under /api. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; retryAfterMs?: number; issues?: string[] };
}
