import { isCoordinatorOfGrid, type Actor } from '../../../domain/actor/actor.ts';
import { idInArgs } from '../../../domain/mutation/id-in-args.ts';
import { parseSpace } from '../../../domain/space/space.ts';
import type { View } from '../../../sync/engine-api.ts';
import type { OutboxRow } from '../../../sync/outbox-port.ts';

/** The page of what a record is about; nothing where that is not here. */
export function matterPath(row: OutboxRow, view: View, actor: Actor): string | undefined {
  const space = parseSpace(row.space);
  const id = idInArgs(row.args);
  if (space?.kind === 'grid' && view.has(row.space, 'ticket', id)) {
    const isDesk = isCoordinatorOfGrid(actor, space.owner) && !actor.roles.volunteer.includes(space.owner);
    return isDesk ? `/desk/tickets/${space.owner}/${id}` : `/door/ticket/${space.owner}/${id}`;
  }
  if (space?.kind === 'member' && view.has(row.space, 'claimView', id)) return `/claims/${id}`;
  return undefined;
}
