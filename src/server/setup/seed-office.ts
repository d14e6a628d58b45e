import type { Actor } from '../../domain/actor/actor.ts';
import { NO_ROLES } from '../../domain/actor/actor.ts';
import { buildCatalogue } from '../../domain/catalogue/catalogue-build.ts';
import { OFFICE } from '../../domain/space/space.ts';
import { toPinyin } from '../catalogue/to-pinyin.ts';
import type { Dependencies } from '../dependencies.ts';
import { applyMutation, type DirectMutation } from '../sync/apply-mutation.ts';

const INSTALLER: Actor = {
  kind: 'timer',
  id: 'setup',
  name: '',
  roles: { ...NO_ROLES, admin: true },
  gridCommunity: {},
};

/** Makes the office and its first catalogue. May be called again after a crash: each step has a mid of its own. */
export async function seedOffice(deps: Dependencies, office: { name: string; phone: string }): Promise<void> {
  const catalogue = buildCatalogue(toPinyin);
  await applySeed(deps, { name: 'office.create', args: office, mid: 'setup-office' });
  await applySeed(deps, {
    name: 'catalogue.publish',
    args: { catalogue },
    mid: `setup-catalogue-${catalogue.version}`,
  });
}

/** No role stands behind these: there is no member yet. */
async function applySeed(deps: Dependencies, step: Pick<DirectMutation, 'name' | 'args' | 'mid'>): Promise<void> {
  const result = await applyMutation(deps, {
    ...step,
    space: OFFICE,
    v: 1,
    actor: INSTALLER,
    at: deps.now(),
    skipAuthorize: true,
  });
  if (result.status === 'rejected') throw new Error(`seed ${step.name} was refused: ${result.code}`);
}
