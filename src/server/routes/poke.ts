import { Hono } from 'hono';
import { readSession } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { forgetPhotos } from '../http/forget-photos.ts';
import { HttpError } from '../http/http-error.ts';
import { openPokeStream } from '../poke/open-poke-stream.ts';
import { readAllowedSpaces } from '../sync/allowed-spaces.ts';
import { readAuthor } from '../sync/author.ts';

/** One a browser is what the client opens; some more for a browser that has not noticed that its last one is gone. */
const STREAMS_PER_SESSION = 4;

/** GET /api/poke: server-sent events that say which spaces have moved. */
export function pokeRoutes(deps: Dependencies): Hono {
  const open = new Map<string, number>();
  const count = (id: string, step: number) => {
    deps.metrics.pokeStreams.inc(step);
    const streams = (open.get(id) ?? 0) + step;
    if (streams > 0) open.set(id, streams);
    else open.delete(id);
  };
  return new Hono().get('/poke', async (c) => {
    const session = await readSession(deps, c);
    // A revoked phone asks for pokes at each start, and its queue does not wait for the answer.
    if (session?.revoked) forgetPhotos(c);
    if (!session || session.revoked) throw new HttpError('unauthenticated');
    if ((open.get(session.id) ?? 0) >= STREAMS_PER_SESSION)
      throw new HttpError('rate_limited', { retryAfterMs: 30_000 });
    count(session.id, 1);
    const stream = openPokeStream(deps, {
      memberId: session.memberId,
      async allowed() {
        const author = await readAuthor(deps.db, session);
        if (author.revoked) return null;
        return new Set((await readAllowedSpaces(deps.db, author)).map(({ id }) => id));
      },
      onClose: () => {
        count(session.id, -1);
      },
    });
    return c.body(stream, 200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // nginx holds back what it is not told to let through.
      'x-accel-buffering': 'no',
    });
  });
}
