import { Hono } from 'hono';
import { requireSession } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';

/** GET /api/sessions: one's own devices. DELETE /api/sessions/{id}: ends one; what it still hands in is held. */
export const sessionsRoutes = (deps: Dependencies): Hono =>
  new Hono()
    .get('/sessions', async (c) => {
      const { session } = await requireSession(deps, c);
      const rows = await deps.db
        .selectFrom('session')
        .select(['id', 'device', 'created_at', 'last_seen_at'])
        .where('member_id', '=', session.memberId)
        .where('revoked_at', 'is', null)
        .orderBy('last_seen_at', 'desc')
        .execute();
      return c.json(
        rows.map((row) => ({
          id: row.id,
          device: row.device,
          createdAt: row.created_at,
          lastSeenAt: row.last_seen_at,
          current: row.id === session.id,
        })),
      );
    })
    .delete('/sessions/:id', async (c) => {
      const { session } = await requireSession(deps, c);
      const row = await deps.db
        .updateTable('session')
        .set({ revoked_at: deps.now() })
        .where('id', '=', c.req.param('id'))
        .where('member_id', '=', session.memberId)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!row) throw new HttpError('not_found');
      return c.body(null, 204);
    });
