import { Hono } from 'hono';
import { isCoordinatorOfGrid } from '../../domain/actor/actor.ts';
import { revealSchema } from '../../protocol/desk-messages.ts';
import { requireSession } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { revealContact } from '../desk/reveal-contact.ts';
import { HttpError } from '../http/http-error.ts';
import { readJson } from '../http/read-json.ts';

/** POST /api/reveal: one contact, with a reason. GET /api/reveals?ticket={id}: who looked, for coordinators;
 * with `contact={id}` also who did elsewhere, as before it was taken in. */
export const revealRoutes = (deps: Dependencies): Hono =>
  new Hono()
    .post('/reveal', async (c) => {
      const { actor } = await requireSession(deps, c);
      const wanted = await readJson(c, revealSchema);
      return c.json(await revealContact(deps, actor, wanted));
    })
    .get('/reveals', async (c) => {
      const { actor } = await requireSession(deps, c);
      if (actor.roles.coordinator.length === 0) throw new HttpError('forbidden');
      const ticket = c.req.query('ticket') ?? '';
      if (ticket === '' || ticket.length > 64) throw new HttpError('bad_request', { issues: ['ticket: missing'] });
      const contact = c.req.query('contact');
      const rows = await deps.db
        .selectFrom('reveal')
        .select(['id', 'grid_id', 'member_name', 'at', 'reason'])
        .where((eb) => {
          const ofTicket = eb('ticket_id', '=', ticket);
          return contact === undefined ? ofTicket : eb.or([ofTicket, eb('contact_id', '=', contact)]);
        })
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return c.json(
        rows
          .filter((row) => isCoordinatorOfGrid(actor, row.grid_id))
          .map((row) => ({ id: row.id, byName: row.member_name, at: row.at, reason: row.reason })),
      );
    });
