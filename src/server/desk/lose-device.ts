import type { Actor } from '../../domain/actor/actor.ts';
import type { Session } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { readDeviceFor } from './device-repository.ts';

/**
 * Ends the session of a lost device. The phone is told at its next contact: it hands in what it holds, all of it held,
 * and erases the rest. The one in one's own hand is not lost, and one that has signed out has no session to end.
 */
export async function loseDevice(deps: Dependencies, actor: Actor, session: Session, id: string): Promise<void> {
  const device = await readDeviceFor(deps.db, actor, id);
  if (!device) throw new HttpError('not_found');
  if (device.sessionId === null || device.sessionId === session.id) throw new HttpError('conflict');
  const ended = await deps.db
    .updateTable('session')
    .set({ revoked_at: deps.now(), lost_by: actor.id })
    .where('id', '=', device.sessionId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!ended) throw new HttpError('conflict');
}

/** The phone has been found: possible as long as it has not come, for then its records are held and its cache is gone. */
export async function findDevice(deps: Dependencies, actor: Actor, id: string): Promise<void> {
  const device = await readDeviceFor(deps.db, actor, id);
  if (!device) throw new HttpError('not_found');
  const found = await deps.db
    .updateTable('session')
    .set({ revoked_at: null, lost_by: null })
    .where('id', '=', device.sessionId ?? '')
    .where('lost_by', 'is not', null)
    .where('heard_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!found) throw new HttpError('conflict');
}
