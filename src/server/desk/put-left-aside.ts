import type { Actor } from '../../domain/actor/actor.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { readPhonesFor } from './device-repository.ts';
import { leftBehind } from './left-behind.ts';

/** Nobody need be told any more what waited on this phone when its storage was cleared. What it said stays written down. */
export async function putLeftAside({ db, now }: Dependencies, actor: Actor, id: string): Promise<void> {
  const phones = await readPhonesFor(db, actor);
  const left = phones.flatMap(({ device, before }) => leftBehind(device, before));
  if (!left.some((one) => one.id === id)) throw new HttpError('not_found');
  await db.updateTable('client').set({ left_aside_at: now() }).where('id', '=', id).execute();
}
