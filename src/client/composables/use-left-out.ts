import { computed, type ComputedRef } from 'vue';
import { OFFICE, ownerOf, parseSpace } from '../../domain/space/space.ts';
import { useActor, useEngine } from './use-engine.ts';
import { useList, useViewVersion } from './use-view.ts';

export interface CommunityHere {
  id: string;
  name: string;
  /** One of its grids is mine to visit: without it nothing can be written down there offline. */
  visited: boolean;
  carried: boolean;
}

const byName = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** The communities of which this member may hold something, and which of them this device leaves out [PL9]. */
export function useLeftOut() {
  const engine = useEngine();
  const actor = useActor();
  const version = useViewVersion();
  const records = useList(() => ({ space: OFFICE, kind: 'community', index: 'all' }));
  const leftOut = computed(() => {
    void version.value;
    return engine.leftOut();
  });
  const communities: ComputedRef<CommunityHere[]> = computed(() => {
    void version.value;
    const shared = engine.allowed().filter((id) => ['community', 'wall'].includes(parseSpace(id)?.kind ?? ''));
    const allowed = new Set(shared.map(ownerOf));
    const visited = new Set(actor.value.roles.volunteer.map((gridId) => actor.value.gridCommunity[gridId]));
    return records.value
      .filter(({ id }) => allowed.has(id))
      .map(({ id, data }) => ({
        id,
        name: data.name,
        visited: visited.has(id),
        carried: !leftOut.value.includes(id),
      }))
      .sort((a, b) => byName.compare(a.name, b.name));
  });
  const carry = (id: string, carried: boolean): Promise<void> =>
    engine.leaveOut(carried ? leftOut.value.filter((other) => other !== id) : [...leftOut.value, id]);
  return { communities, count: computed(() => communities.value.filter((one) => !one.carried).length), carry };
}
