import { watchEffect } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { gridSpace } from '../../domain/space/space.ts';
import { useActor, useEngine } from './use-engine.ts';
import { useViewVersion } from './use-view.ts';

/** A building may have moved since a link was made: where its record is in another grid of ours, the page goes there. */
export function useFollowMoved(kind: 'ticket' | 'slip', at: () => { gridId: string; id: string }): void {
  const engine = useEngine();
  const actor = useActor();
  const route = useRoute();
  const router = useRouter();
  const version = useViewVersion();
  watchEffect(() => {
    void version.value;
    const { gridId, id } = at();
    if (engine.view.has(gridSpace(gridId), kind, id)) return;
    const grids = new Set([...actor.value.roles.volunteer, ...Object.keys(actor.value.gridCommunity)]);
    const present = [...grids].find((grid) => engine.view.has(gridSpace(grid), kind, id));
    if (present !== undefined) void router.replace(route.fullPath.replace(gridId, present));
  });
}
