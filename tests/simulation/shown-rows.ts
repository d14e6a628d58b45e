import type { Kind } from '../../src/domain/record/record.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import type { SyncEngine, ViewRecord } from '../../src/sync/engine-api.ts';
import { key } from './model-records.ts';
import type { SimDevice } from './sim-device.ts';

const KINDS = Object.keys(indexes) as Kind[];

/** All that a tab lists of these spaces, by name. */
export const shownRows = ({ view }: SyncEngine, space: readonly string[]): Map<string, ViewRecord> =>
  new Map(
    KINDS.flatMap((kind) =>
      view.list({ space, kind, index: 'all' }).map((one) => [key(one.space, kind, one.id), one] as const),
    ),
  );

/** Records of these spaces that the first screen would show. */
export const firstScreenRows = ({ cache }: SimDevice, isOf: (space: string) => boolean): ViewRecord[] =>
  (cache.firstScreen?.answers ?? [])
    .flatMap(([, answer]) => answer as Partial<ViewRecord> | Partial<ViewRecord>[] | undefined | null)
    .filter((one): one is ViewRecord => typeof one?.space === 'string' && isOf(one.space));
