import type { CachedSpace } from './cache-port.ts';

export const sameCursor = (a: CachedSpace['cursor'], b: CachedSpace['cursor']): boolean =>
  a === b || (a !== null && b !== null && a.ver === b.ver && a.id === b.id);
