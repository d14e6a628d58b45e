import type { Context } from 'hono';

/**
 * The browser lets go of what it keeps of this origin's answers: photos of homes would lie there for a year. What the
 * service worker put by, IndexedDB and cookies are other kinds, and stay. A browser may take seconds over it and holds
 * back this answer for as long: never on one that a queue waits for.
 */
export const forgetPhotos = (c: Context): void => c.header('clear-site-data', '"cache"');
