import { Hono } from 'hono';
import { manages } from '../../domain/member/member-policy.ts';
import type { DeviceEntry } from '../../protocol/desk-messages.ts';
import { requireSession, type Session } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { countHandedIn, readPhonesFor, type Device, type Phone } from '../desk/device-repository.ts';
import { leftBehind } from '../desk/left-behind.ts';
import { putLeftAside } from '../desk/put-left-aside.ts';
import { findDevice, loseDevice } from '../desk/lose-device.ts';
import { HttpError } from '../http/http-error.ts';

/** GET /api/devices: the phones of the own communities. POST and DELETE /api/devices/{id}/lost: it is gone, it is
 * found. POST /api/devices/{id}/aside: what waited on it when its storage was cleared is known of. */
export const deviceRoutes = (deps: Dependencies): Hono =>
  new Hono()
    .get('/devices', async (c) => {
      const { actor, session } = await requireSession(deps, c);
      if (!manages(actor)) throw new HttpError('forbidden');
      const handedIn = await countHandedIn(deps.db);
      const phones = await readPhonesFor(deps.db, actor);
      return c.json(phones.map((phone) => toEntry(phone, session, handedIn.get(phone.device.id) ?? 0)));
    })
    .post('/devices/:id/lost', async (c) => {
      const { actor, session } = await requireSession(deps, c);
      await loseDevice(deps, actor, session, c.req.param('id'));
      return c.body(null, 204);
    })
    .delete('/devices/:id/lost', async (c) => {
      const { actor } = await requireSession(deps, c);
      await findDevice(deps, actor, c.req.param('id'));
      return c.body(null, 204);
    })
    .post('/devices/:id/aside', async (c) => {
      const { actor } = await requireSession(deps, c);
      await putLeftAside(deps, actor, c.req.param('id'));
      return c.body(null, 204);
    });

function stateOf({ sessionId, revokedAt, heardAt }: Device): DeviceEntry['state'] {
  if (sessionId === null) return 'signedOut';
  if (revokedAt === null) return 'active';
  return heardAt === null ? 'ending' : 'ended';
}

function toEntry({ device, before }: Phone, session: Session, handedIn: number): DeviceEntry {
  const { id, memberName, build, lastSeenAt, drainedAt } = device;
  const state = stateOf(device);
  return {
    id,
    memberName,
    device: device.device,
    build,
    unsent: device.pending,
    unsentMedia: device.media,
    unsentSounds: device.sounds,
    left: leftBehind(device, before),
    lastSeenAt,
    drainedAt,
    state,
    handedIn,
    mayUndo: state === 'ending' && device.lostBy !== null,
    current: device.sessionId === session.id,
  };
}
