import type { View, ViewRecord } from '../../../sync/engine-api.ts';

/** The matters that these conflicts are about, each once: an edit of a contact belongs to the matter that has it. */
export function ticketsInConflict(
  conflicts: readonly ViewRecord<'conflict'>[],
  view: Pick<View, 'get' | 'list'>,
): ViewRecord<'ticket'>[] {
  const found = new Map<string, ViewRecord<'ticket'>>();
  for (const { space, data } of conflicts) {
    const ticket =
      data.kind === 'contact'
        ? view
            .list({ space, kind: 'ticket', index: 'all' })
            .find(({ data: { contactId } }) => contactId === data.recordId)
        : view.get(space, 'ticket', data.recordId);
    if (ticket) found.set(ticket.id, ticket);
  }
  return [...found.values()];
}
