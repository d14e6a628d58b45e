import type { Waiting } from '../../sync/engine-api.ts';
import { collectRescue } from '../../sync/rescue.ts';
import { buildName } from '../build.ts';
import { handOver, rescueFile } from './hand-over.ts';
import { useActor, useEngine } from './use-engine.ts';

/** Writes a file of everything unsent, or of these records alone; says how many went into it. */
export function useRescue(): (only?: readonly Waiting[]) => Promise<number> {
  const engine = useEngine();
  const actor = useActor();
  return async (only) => {
    const collected = await collectRescue(engine, only);
    if (collected.records.length === 0 && collected.media.length === 0) return 0;
    const { id, name } = actor.value;
    await handOver(rescueFile({ exportedAt: Date.now(), build: buildName, member: { id, name }, ...collected }));
    return collected.records.length;
  };
}
