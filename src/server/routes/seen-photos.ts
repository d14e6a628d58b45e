import { Hono } from 'hono';
import { requireSession } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { forgetPhotos } from '../http/forget-photos.ts';
import { takeOrThrow } from '../http/rate-limit.ts';

/** A phone asks once it has lost spaces, and again after each pass until it is told that it was done. */
const RATE = { burst: 10, perSecond: 0.1 };

/** DELETE /api/seen-photos: the browser lets go of the photos that it was shown; on the server nothing changes. */
export const seenPhotoRoutes = (deps: Dependencies): Hono =>
  new Hono().delete('/seen-photos', async (c) => {
    const { session } = await requireSession(deps, c);
    takeOrThrow(deps, 'seen-photos', session.id, RATE);
    forgetPhotos(c);
    return c.body(null, 204);
  });
