import { createHash } from 'node:crypto';
import { OFFICE } from '../../domain/space/space.ts';
import type { Dependencies } from '../dependencies.ts';
import { readRecord } from '../sync/read-record.ts';

/**
 * While there is no office: makes a new one-time token and returns the link to the set-up page for the console.
 * The token stands behind `#`, which no browser sends along. Null once the office exists.
 */
export async function prepareSetup(deps: Pick<Dependencies, 'db' | 'config' | 'newToken'>): Promise<string | null> {
  if (await readRecord(deps.db, OFFICE, 'office', 'office')) return null;
  const token = deps.newToken();
  await deps.db
    .updateTable('server')
    .set({ setup_token_hash: createHash('sha256').update(token).digest('hex') })
    .where('id', '=', 1)
    .execute();
  return `${deps.config.publicUrl}/setup#${token}`;
}
