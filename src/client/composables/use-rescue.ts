import type { Waiting } from '../../sync/engine-api.ts';
import { collectRescue } from '../../sync/rescue.ts';
import { buildName } from '../build.ts';
import { handOver, rescueFile } from './hand-over.ts';
import { useActor, useEngine } from './use-engine.ts';

/** What went into a file. */
interface Rescued {
  records: number;
  media: number;
}

/** Writes a file of everything unsent, or of these records alone; null where it was not handed over. */
export function useRescue(): (only?: readonly Waiting[]) => Promise<Rescued | null> {
  const engine = useEngine();
  const actor = useActor();
  return async (only) => {
    const collected = await collectRescue(engine, only);
    const rescued = { records: collected.records.length, media: collected.media.length };
    if (rescued.records === 0 && rescued.media === 0) return rescued;
    const { id, name } = actor.value;
    const file = rescueFile({ exportedAt: Date.now(), build: buildName, member: { id, name }, ...collected });
    return (await handOver(file)) ? rescued : null;
  };
}
