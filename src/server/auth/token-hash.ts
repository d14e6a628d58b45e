import { createHash, timingSafeEqual } from 'node:crypto';

/** Tokens are 32 random bytes, so a plain hash is enough; the token itself is never stored. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** In constant time. */
export const fitsHash = (token: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashToken(token), 'hex'), Buffer.from(hash.padEnd(64, '0').slice(0, 64), 'hex'));
