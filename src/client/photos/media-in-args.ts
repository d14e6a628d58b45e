import * as v from 'valibot';
import { idInArgs } from '../../domain/mutation/id-in-args.ts';
import { isFields } from '../../domain/mutation/is-fields.ts';
import { ticketAddMediaArgs } from '../../domain/photo/media-args.ts';
import { mediaOf } from '../../domain/photo/media-of.ts';
import type { MediaRef } from '../../domain/photo/media.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import type { View } from '../../sync/engine-api.ts';

/** The photos and voice notes that a mutation brings; none where it says them in a way that this program does not know. */
export function addedIn(args: unknown, byName: string): MediaRef[] {
  const added = v.safeParse(ticketAddMediaArgs.entries.media, isFields(args) ? args['media'] : undefined);
  if (!added.success) return [];
  const by = { byId: '', byName, byRole: 'volunteer', forResident: false } as const;
  return added.output.map((one) => ({ ...one, ...by }));
}

/** What is here of the photo or voice note of a matter that a mutation names by its hash. */
export function namedIn({ space, args }: { space: SpaceId; args: unknown }, view: View): MediaRef[] {
  const sha = isFields(args) ? args['sha'] : undefined;
  const ticket = sha === undefined ? undefined : view.get(space, 'ticket', idInArgs(args))?.data;
  return ticket ? mediaOf(ticket).filter((one) => one.sha === sha) : [];
}
