import { parseSpace } from '../../src/domain/space/space.ts';
import type { LogEntry, ServerRow } from './server-world.ts';

const STANDING = new Set(['household', 'visit', 'ticket']);

/** BM1, BM2: what stands in a building stands once, in the grid of its building; what was applied is somewhere. */
export function checkStanding(rows: readonly ServerRow[], log: readonly LogEntry[]): string[] {
  const found: string[] = [];
  const where = new Map<string, string[]>();
  const grids = new Map(
    rows.filter(({ kind }) => kind === 'building').map(({ id, data }) => [id, (data as { gridId: string }).gridId]),
  );
  for (const { space, kind, id, data } of rows) {
    const grid = parseSpace(space);
    if (grid?.kind !== 'grid' || !(STANDING.has(kind) || kind === 'slip')) continue;
    where.set(`${kind} ${id}`, [...(where.get(`${kind} ${id}`) ?? []), grid.owner]);
    if (kind === 'slip') continue;
    const { place } = data as { place: { gridId: string; buildingId: string | null } };
    if (place.gridId !== grid.owner) found.push(`BM1 ${kind} ${id} lies in one grid and names another`);
    const building = grids.get(place.buildingId ?? '');
    if (building !== undefined && building !== grid.owner) {
      found.push(`BM1 ${kind} ${id} does not stand where its building does`);
    }
  }
  for (const [name, all] of where) if (all.length > 1) found.push(`BM1 ${name} stands in ${all.length} grids at once`);
  for (const { name, status, args, mid } of log) {
    const kind = { 'ticket.log': 'ticket', 'visit.record': 'visit', 'sim.append': 'household' }[name];
    if (kind === undefined || status !== 'applied') continue;
    const { id } = args as { id: string };
    if (!where.has(`${kind} ${id}`)) found.push(`BM2 ${kind} ${id}, made by ${mid}, stands nowhere`);
  }
  return found;
}
