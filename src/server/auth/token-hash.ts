import { hash, timingSafeEqual } from 'node:crypto';

/** Tokens are 32 random bytes, so a plain hash is enough; the token itself is never stored. */
export const hashToken = (token: string): string => hash('sha256', token);

/** In constant time. */
export const fitsHash = (token: string, stored: string): boolean =>
  timingSafeEqual(Buffer.from(hashToken(token), 'hex'), Buffer.from(stored.padEnd(64, '0').slice(0, 64), 'hex'));
