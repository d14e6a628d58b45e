import { mutators } from '../../src/domain/mutation/mutators.ts';
import { reactions } from '../../src/domain/mutation/reactions.ts';
import { OFFICE } from '../../src/domain/space/space.ts';
import { START } from '../support/test-dependencies.ts';
import { ServerWorld } from './server-world.ts';
import type { Backup, ServerRow } from './server-world.ts';
import { withOldBuild, withServerFaults, withSimMutators } from './sim-mutators.ts';
import { buildTown } from './sim-town.ts';

export const simMutators = withSimMutators(mutators);
export const oldMutators = withOldBuild(simMutators);
export const rules = { mutators: withServerFaults(simMutators), reactions };

export interface FirstMorning {
  backup: Backup;
  rows: ServerRow[];
  wishItems: string[];
}

let made: Promise<FirstMorning> | undefined;

/** The town as it is before anybody goes out, made once for all seeds. */
export function firstMorning(): Promise<FirstMorning> {
  made ??= make();
  return made;
}

async function make(): Promise<FirstMorning> {
  const server = await ServerWorld.open(rules, () => START);
  await buildTown(server.deps);
  const rows = await server.rows();
  const catalogue = rows.find(({ space, kind }) => space === OFFICE && kind === 'catalogue')?.data as {
    classes: { items: { code: string; kind: string; sensitive: boolean }[] }[];
  };
  const items = catalogue.classes.flatMap((one) => one.items);
  const wishItems = items.filter((item) => item.kind !== 'issue' && !item.sensitive).map((item) => item.code);
  const backup = await server.backup();
  await server.deps.close();
  return { backup: { ...backup, logged: 0 }, rows, wishItems };
}
