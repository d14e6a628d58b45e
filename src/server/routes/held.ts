import { Hono } from 'hono';
import type { Actor } from '../../domain/actor/actor.ts';
import { manages } from '../../domain/member/member-policy.ts';
import { heldReasonSchema } from '../../protocol/desk-messages.ts';
import { requireSession } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { acceptHeld, returnHeld } from '../desk/decide-held.ts';
import { readHeldFor, readHeldOne, readReturnedFor, reopenReturned, type Held } from '../desk/held-repository.ts';
import { revealHeld } from '../desk/reveal-held.ts';
import { presentHeld, presentReturned } from '../desk/present-held.ts';
import { HttpError } from '../http/http-error.ts';
import { readJson } from '../http/read-json.ts';

/** GET /api/held: what waits for one's decision. POST /api/held/{id}/accept and /return: the decision. GET
 * /api/held/returned: what was sent back and is on no phone any more. POST /api/held/{id}/reopen: it waits again. */
export function heldRoutes(deps: Dependencies): Hono {
  /** Under decision now: the second of two that decide at once is told that it is gone. */
  const deciding = new Set<string>();

  async function decide<T>(actor: Actor, id: string, work: (held: Held) => Promise<T>): Promise<T> {
    const held = await readHeldOne(deps.db, actor, id);
    if (!held || deciding.has(id)) throw new HttpError('not_found');
    deciding.add(id);
    try {
      return await work(held);
    } finally {
      deciding.delete(id);
    }
  }

  return new Hono()
    .get('/held', async (c) => {
      const { actor } = await requireSession(deps, c);
      if (!manages(actor)) throw new HttpError('forbidden');
      const rows = await readHeldFor(deps.db, actor);
      return c.json(await Promise.all(rows.map((held) => presentHeld(deps.db, held))));
    })
    .post('/held/:id/reveal', async (c) => {
      const { actor } = await requireSession(deps, c);
      const { reason } = await readJson(c, heldReasonSchema);
      const held = await readHeldOne(deps.db, actor, c.req.param('id'));
      if (!held) throw new HttpError('not_found');
      return c.json(await revealHeld(deps, actor, held, reason));
    })
    .get('/held/returned', async (c) => {
      const { actor } = await requireSession(deps, c);
      if (!manages(actor)) throw new HttpError('forbidden');
      const [behind, at] = [c.req.query('behind'), Number(c.req.query('at'))];
      if (behind !== undefined && !Number.isSafeInteger(at)) throw new HttpError('bad_request');
      const rows = await readReturnedFor(deps.db, actor, behind === undefined ? null : { at, id: behind });
      return c.json(await Promise.all(rows.map((held) => presentReturned(deps.db, held))));
    })
    .post('/held/:id/reopen', async (c) => {
      const { actor } = await requireSession(deps, c);
      if (!(await reopenReturned(deps, actor, c.req.param('id')))) throw new HttpError('not_found');
      return c.body(null, 204);
    })
    .post('/held/:id/accept', async (c) => {
      const { actor } = await requireSession(deps, c);
      const result = await decide(actor, c.req.param('id'), (held) => acceptHeld(deps, actor, held));
      if (result.status === 'applied') return c.json({ status: result.status, code: '', data: {} });
      return c.json({ status: result.status, code: result.code, data: result.data });
    })
    .post('/held/:id/return', async (c) => {
      const { actor } = await requireSession(deps, c);
      const { reason } = await readJson(c, heldReasonSchema);
      await decide(actor, c.req.param('id'), (held) => returnHeld(deps, actor, held, reason));
      return c.body(null, 204);
    });
}
