import type { RescueBody } from '../../protocol/rescue-file.ts';
import { rescueText } from '../../sync/rescue.ts';

/** A file with everything that the phone holds of these records, for another phone of the same member. */
export function makeRescueFile(body: RescueBody): File {
  const day = new Date(body.exportedAt).toISOString().slice(0, 16).replace(/[-:T]/g, '');
  return new File([rescueText(body)], `doorstep-${day}.json`, { type: 'application/json' });
}
