import { computed, type ComputedRef } from 'vue';
import type { Actor } from '../../domain/actor/actor.ts';
import { memberSpace, parseSpace, type SpaceId } from '../../domain/space/space.ts';
import type { ViewRecord } from '../../sync/engine-api.ts';
import { useActor, useEngine } from './use-engine.ts';
import { useFromView } from './use-view.ts';

/** The community of which a grid's or a community's space is a part. */
export function communityIn({ gridCommunity }: Actor, space: SpaceId): string | undefined {
  const parsed = parseSpace(space);
  return parsed?.kind === 'grid' ? gridCommunity[parsed.owner] : parsed?.owner;
}

/** What is this member's own of conflicts whose space is not here: lost, left out, or on its way. Newest first. */
export function useConflictsOutOfSight(): ComputedRef<ViewRecord<'ownConflict'>[]> {
  const engine = useEngine();
  const actor = useActor();
  return useFromView<ViewRecord<'ownConflict'>[]>([], (view) =>
    view
      .list({ space: memberSpace(actor.value.id), kind: 'ownConflict', index: 'all', order: 'desc' })
      .filter(({ id }) => !engine.allowed().some((space) => view.has(space, 'conflict', id))),
  );
}

/** In how many places of a community this member's edits met others', undecided and not put aside. */
export function useOpenConflictsIn(): ComputedRef<ReadonlyMap<string, number>> {
  const engine = useEngine();
  const actor = useActor();
  const spaces = useFromView<SpaceId[]>([], (view) =>
    view
      .list({ space: engine.allowed(), kind: 'conflict', index: 'byOpen', key: 'open' })
      .filter(({ data }) => data.authorId === actor.value.id && data.asideAt === undefined)
      .map(({ space }) => space),
  );
  return computed(() => {
    const counts = new Map<string, number>();
    for (const space of spaces.value) {
      const community = communityIn(actor.value, space);
      if (community !== undefined) counts.set(community, (counts.get(community) ?? 0) + 1);
    }
    return counts;
  });
}
