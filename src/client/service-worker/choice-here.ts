import * as v from 'valibot';
import type { PhotoChoice } from '../photos/hold-by.ts';

/** As `stores/storage-keys.ts` names them; that file knows localStorage, which a worker has not. */
export const PREFERENCES = 'doorstep.preferences';

const choiceSchema = v.object({
  photosPaused: v.optional(v.boolean(), false),
  photosOverWifi: v.optional(v.boolean(), false),
});

/** What was chosen for photos here; as long as no page of this build has told, they stay for a page. */
export function choiceHere(kept: ReadonlyMap<string, unknown>): PhotoChoice {
  const choice = v.safeParse(choiceSchema, kept.get(PREFERENCES));
  return choice.success ? choice.output : { photosPaused: true, photosOverWifi: false };
}
