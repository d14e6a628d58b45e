import { Hono } from 'hono';
import { setupSchema } from '../../protocol/account-messages.ts';
import { toSessionMember } from '../auth/create-member.ts';
import { beginSession } from '../auth/session.ts';
import { isSetupNeeded, setUpOffice } from '../auth/set-up-office.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { limitByAddress } from '../http/rate-limit.ts';
import { readJson } from '../http/read-json.ts';

const RATE = { burst: 10, perSecond: 0.2 };

/** GET /api/setup: is there an office yet? POST: makes it and its first admin, by the token from the console. */
export function setupRoutes(deps: Dependencies): Hono {
  /** A button pressed twice makes one office. */
  let busy = false;
  return new Hono()
    .get('/setup', async (c) => c.json({ needed: await isSetupNeeded(deps.db) }))
    .post('/setup', limitByAddress(deps, 'setup', RATE), async (c) => {
      const { device, ...setup } = await readJson(c, setupSchema);
      if (busy) throw new HttpError('conflict');
      busy = true;
      try {
        const member = await setUpOffice(deps, setup);
        await beginSession(deps, c, member.id, device);
        return c.json(toSessionMember(member), 201);
      } finally {
        busy = false;
      }
    });
}
