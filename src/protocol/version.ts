/**
 * Version of the wire. One line for each step:
 * 1 — first: push and pull in one request, receipts, digests, resets.
 */
export const PROTOCOL_VERSION = 1;
