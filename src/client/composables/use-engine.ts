import { computed, type ComputedRef } from 'vue';
import type { Actor } from '../../domain/actor/actor.ts';
import type { SyncEngine } from '../../sync/engine-api.ts';
import { useSession } from '../stores/session.ts';
import { useViewVersion } from './use-view.ts';

/** The engine of the signed-in member. Pages behind the sign-in always have one. */
export function useEngine(): SyncEngine {
  const { engine } = useSession();
  if (!engine) throw new Error('no member is signed in');
  return engine;
}

/** Who acts; follows what each sync tells. Before the first sync it is what the sign-in told. */
export function useActor(): ComputedRef<Actor> {
  const engine = useEngine();
  const session = useSession();
  const version = useViewVersion();
  return computed(() => {
    void version.value;
    const actor = engine.actor();
    return actor.name === '' && session.member ? { ...actor, ...session.member } : actor;
  });
}
