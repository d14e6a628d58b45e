import { computed, type ComputedRef } from 'vue';
import { communityIn } from '../../../domain/space/community-in.ts';
import type { SpaceId } from '../../../domain/space/space.ts';
import { useActor, useEngine } from '../../composables/use-engine.ts';
import { useFromView } from '../../composables/use-view.ts';

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
