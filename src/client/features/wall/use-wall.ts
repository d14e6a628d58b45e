import { computed } from 'vue';
import { OFFICE, parseSpace } from '../../../domain/space/space.ts';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import { useCatalogue, useItemName } from '../../composables/use-catalogue.ts';
import { useActor, useEngine } from '../../composables/use-engine.ts';
import { useList } from '../../composables/use-view.ts';
import { standingOf } from './card-standing.ts';
import { byUrgencyThenNewest, matchesWall } from './wall-filter.ts';
import type { WallFilter, WallState } from './wall-filter.ts';

export interface Choice {
  value: string;
  label: string;
}

/** The cards of every wall that this device carries, narrowed by the filter, and what can be chosen in it. */
export function useWall(filter: () => WallFilter) {
  const engine = useEngine();
  const actor = useActor();
  const itemName = useItemName();
  const catalogue = useCatalogue();
  const communities = useList(() => ({ space: OFFICE, kind: 'community', index: 'all' }));
  const walls = computed(() => {
    // The list of communities moves with a sync, and so does what one may hold.
    void communities.value;
    return engine.allowed().filter((space) => parseSpace(space)?.kind === 'wall');
  });
  const names = computed(() => new Map(communities.value.map((record) => [record.id, record.data.name])));
  const communityName = (id: string): string => names.value.get(id) ?? '';

  const inState = (key: WallState) =>
    useList(() => ({ space: walls.value, kind: 'card', index: 'byState', key, order: 'desc' }));
  const [open, claimed, fulfilled] = [inState('open'), inState('claimed'), inState('fulfilled')];
  const narrowed = (cards: readonly ViewRecord<'card'>[]): ViewRecord<'card'>[] =>
    cards
      .filter(({ data }) =>
        matchesWall(data, filter(), [itemName(data.item, data.itemVersion), communityName(data.communityId)]),
      )
      .sort((a, b) => byUrgencyThenNewest(a.data, b.data));
  // A claim that no server has confirmed stands among the open ones still: nobody may read it as 已认领.
  const isWaiting = ({ data, pending }: ViewRecord<'card'>): boolean =>
    standingOf(data, pending, actor.value.id) === 'waiting';
  const lists = computed<Record<WallState, ViewRecord<'card'>[]>>(() => ({
    open: [...narrowed(claimed.value.filter(isWaiting)), ...narrowed(open.value)],
    claimed: narrowed(claimed.value.filter((card) => !isWaiting(card))),
    fulfilled: narrowed(fulfilled.value),
  }));

  const communityChoices = computed<Choice[]>(() =>
    communities.value
      .filter((record) => walls.value.includes(`wall:${record.id}`))
      .map((record) => ({ value: record.id, label: record.data.name })),
  );
  const classChoices = computed<Choice[]>(() =>
    (catalogue.value?.classes ?? []).map((entry) => ({ value: entry.code, label: entry.name })),
  );
  return { lists, communityName, communityChoices, classChoices, itemName };
}
