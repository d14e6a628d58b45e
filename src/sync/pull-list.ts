import type { SpaceId } from '../domain/space/space.ts';
import type { SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { CachedSpace } from './cache-port.ts';
import { fetchedSpaces } from './fetched-spaces.ts';

/** A list as long as this may have been cut. */
export const MAX_PULL_SPACES = 500;

export type Pull = SyncRequest['pull'][number];

/**
 * Names the spaces to pull: those carried with their rows where there is room, and, without rows, those where the server's word is
 * awaited or once was given [PL2]: a server that was restored may have forgotten what it said of a space that
 * nobody carries. `only` narrows it to what is not done yet in this pass, `known` says where each stands.
 */
export function buildPull(
  memory: EngineMemory,
  only: ReadonlySet<SpaceId> | null,
  known = (id: SpaceId): CachedSpace => memory.space(id),
): SyncRequest['pull'] {
  const withRows = new Set(fetchedSpaces(memory));
  const written = memory.rows.map((row) => row.space);
  const pull: SyncRequest['pull'] = [];
  for (const id of new Set([...memory.carried(), ...written])) {
    if (only !== null && !only.has(id)) continue;
    pull.push(pullOf(known(id), withRows.has(id)));
  }
  return pull.slice(0, MAX_PULL_SPACES);
}

/** What is asked of a space that stands so. */
export function pullOf({ id, cursor, upTo, receiptsAfter, heard = null }: CachedSpace, rows: boolean): Pull {
  const after = heardUpTo({ cursor, receiptsAfter }, rows);
  return rows
    ? { space: id, cursor, upTo, receiptsAfter: after, rows }
    : { space: id, cursor: heard, upTo: null, receiptsAfter: after, rows };
}

/**
 * The version up to which the server's words are here. What begins anew hears every word anew: nothing says of which run of
 * the server those are that are here, and of another one they may end before them [RS6].
 */
export const heardUpTo = (
  { cursor, receiptsAfter }: Pick<CachedSpace, 'cursor' | 'receiptsAfter'>,
  rows: boolean,
): number => (rows && cursor === null ? 0 : receiptsAfter);
