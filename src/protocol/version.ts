/**
 * Version of the wire. One line for each step:
 * 1 — first: push and pull in one request, receipts, digests, resets.
 * 2 — the digest of a space covers what its rows say. A phone that speaks 1 would take it for a difference, each time:
 *     it is answered none, and does not compare.
 */
export const PROTOCOL_VERSION = 2;
