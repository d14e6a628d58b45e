import type { Roles } from '../../src/domain/actor/actor.ts';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import type { Place } from '../../src/domain/place/place.ts';
import type { Catalogue } from '../../src/domain/catalogue/catalogue.ts';
import { buildCatalogue } from '../../src/domain/catalogue/catalogue-build.ts';
import { communitySpace, OFFICE } from '../../src/domain/space/space.ts';
import { insertMember } from '../../src/server/auth/create-member.ts';
import { writeMemberRecord } from '../../src/server/auth/write-member-record.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { idOf as reckonId } from '../support/factories.ts';
import type { TestDependencies } from '../support/test-dependencies.ts';

const ids = new Map<string, string>();

/** Ids are hashes, and every act asks for the same dozen. */
export function idOf(...parts: readonly string[]): string {
  const name = parts.join('/');
  const id = ids.get(name) ?? reckonId(...parts);
  ids.set(name, id);
  return id;
}

/** A small town, enough to quarrel in: one community, two grids, a building in each, six people. */
export const COMMUNITY = idOf('sim', 'community');
export const GRIDS = [idOf('sim', 'grid', 'a'), idOf('sim', 'grid', 'b')] as const;

const ROOMS = 4;

const estateOf = (grid: string): string => idOf('sim', 'estate', grid);
export const buildingOf = (grid: string): string => idOf('sim', 'building', grid);
const roomOf = (grid: string, n: number): string => idOf('sim', 'room', grid, String(n));

/** A door of the building that stood in `grid` at first; `gridId`: where it is thought to stand now. */
export const placeIn = (grid: string, n: number, gridId = grid): Place => ({
  communityId: COMMUNITY,
  gridId,
  estateId: estateOf(grid),
  buildingId: buildingOf(grid),
  entranceId: idOf('sim', 'entrance', grid),
  floorId: idOf('sim', 'floor', grid),
  roomId: roomOf(grid, n % ROOMS),
  estateName: '凤凰苑',
  label: `凤凰苑 1幢 1单元 10${(n % ROOMS) + 1}`,
});

export interface Person {
  id: string;
  name: string;
  roles: Roles;
}

const person = (name: string, roles: Partial<Roles>): Person => ({
  id: idOf('sim', 'person', name),
  name,
  roles: { ...NO_ROLES, ...roles },
});

export const PEOPLE = {
  oneGrid: person('陈一', { volunteer: [GRIDS[0]] }),
  twoGrids: person('王二', { volunteer: [...GRIDS] }),
  claimerOne: person('李三', { claimer: true }),
  claimerTwo: person('赵四', { claimer: true, unit: '街道供电所' }),
  coordinator: person('周五', { coordinator: [COMMUNITY] }),
  admin: person('吴六', { admin: true }),
};

/** Items that both a problem and a wish may be logged under, or one of them; none is sensitive. */
const ITEMS = new Set(['CQ01', 'CQ02', 'XS03', 'XS04', 'YL08', 'SB01']);

/** All 118 items are 72 KB, which every phone that begins anew would fetch: most of what a run costs. */
function shortCatalogue(): Catalogue {
  const { version, classes } = buildCatalogue(() => []);
  const kept = classes.map((one) => ({ ...one, items: one.items.filter(({ code }) => ITEMS.has(code)) }));
  return { version, classes: kept.filter(({ items }) => items.length > 0) };
}

export async function buildTown(deps: TestDependencies, catalogue: Catalogue = shortCatalogue()): Promise<void> {
  for (const { id, name, roles } of Object.values(PEOPLE)) {
    await insertMember(deps, deps.db, { id, displayName: name, signInName: `sim-${id.slice(0, 8)}`, roles }, 'none');
    await writeMemberRecord(deps, id);
  }
  const admin = {
    kind: 'member' as const,
    ...PEOPLE.admin,
    gridCommunity: { [GRIDS[0]]: COMMUNITY, [GRIDS[1]]: COMMUNITY },
  };
  const apply = async (space: string, name: string, args: unknown): Promise<void> => {
    const mid = reckonId('sim', 'setup', name, JSON.stringify(args));
    const result = await applyMutation(deps, { space, name, v: 1, args, actor: admin, mid, at: deps.now() });
    if (result.status !== 'applied') throw new Error(`${name}: ${result.code}`);
  };
  const space = communitySpace(COMMUNITY);
  const defaultGrid = { id: GRIDS[0], name: '第一网格' };
  await apply(OFFICE, 'office.create', { name: '望江街道', phone: '' });
  await apply(OFFICE, 'catalogue.publish', { catalogue });
  await apply(OFFICE, 'community.create', { id: COMMUNITY, name: '清泰门社区', phone: '', defaultGrid });
  await apply(space, 'grid.create', { id: GRIDS[1], name: '第二网格' });
  for (const grid of GRIDS) {
    await apply(space, 'estate.create', { id: estateOf(grid), name: '凤凰苑', gridId: grid });
    const rooms = Array.from({ length: ROOMS }, (_, n) => ({ id: roomOf(grid, n), label: `10${n + 1}` }));
    const floors = [{ id: idOf('sim', 'floor', grid), label: '1层', rooms }];
    const entrances = [{ id: idOf('sim', 'entrance', grid), label: '1单元', floors }];
    const building = { id: buildingOf(grid), name: '1幢', estateId: estateOf(grid), gridId: grid, entrances };
    await apply(space, 'building.create', building);
  }
}
