import type { Actor } from '../../../src/domain/actor/actor.ts';
import { buildCatalogue } from '../../../src/domain/catalogue/catalogue-build.ts';
import type { MutationDraft } from '../../../src/domain/mutation/mutator.ts';
import { communitySpace, OFFICE } from '../../../src/domain/space/space.ts';
import { actorOf } from '../../../src/server/auth/actor-of.ts';
import { createMember } from '../../../src/server/auth/create-member.ts';
import { toPinyin } from '../../../src/server/catalogue/to-pinyin.ts';
import type { Dependencies } from '../../../src/server/dependencies.ts';
import { seedOffice } from '../../../src/server/setup/seed-office.ts';
import { applyMutation } from '../../../src/server/sync/apply-mutation.ts';
import { codeOf, idOf } from '../factories.ts';
import { demoMatters, type DemoMatter } from './matters.ts';
import { DEMO_COMMUNITIES, DEMO_OFFICE } from './neighbourhood.ts';
import {
  ADMIN,
  CLAIMER,
  COORDINATOR,
  DEMO_MEMBERS,
  DEMO_PASSWORD,
  SECOND_CLAIMER,
  UNIT_CLAIMER,
  type DemoMember,
} from './people.ts';
import { storyOf, type Step } from './story.ts';

export interface Demo {
  /** Leads to a wish that waits for the resident's word. */
  trackingCode: string;
  /** The four digits that go with it. */
  digits: string;
}

/** Fills an empty database: office, catalogue, places, members, and a matter under each of the 118 items. */
export async function buildDemo(deps: Dependencies): Promise<Demo> {
  await buildOffice(deps);
  return tellStories(deps);
}

/** The office with its places and people, the admin among them, and nothing logged yet. */
export async function buildOffice(deps: Dependencies, members: readonly DemoMember[] = DEMO_MEMBERS): Promise<void> {
  await seedOffice(deps, DEMO_OFFICE);
  for (const member of members) {
    await createMember(deps, { ...member, displayName: member.name, password: DEMO_PASSWORD });
  }
  // The set-up link has done its work: the demo has its admin.
  await deps.db.updateTable('server').set({ setup_token_hash: null }).execute();
  await buildPlaces(deps);
}

async function buildPlaces(deps: Dependencies): Promise<void> {
  const admin = await actorOf(deps.db, ADMIN.id);
  const apply = (space: string, name: string, args: unknown, mid: string): Promise<void> =>
    play(deps, { mid: idOf('place', mid), actor: admin, at: deps.now(), draft: { space, name, v: 1, args } });
  for (const { id, name, phone, defaultGrid, furtherGrids, estates } of DEMO_COMMUNITIES) {
    const space = communitySpace(id);
    await apply(OFFICE, 'community.create', { id, name, phone, defaultGrid }, id);
    for (const grid of furtherGrids) await apply(space, 'grid.create', grid, grid.id);
    for (const { buildings, ...estate } of estates) {
      await apply(space, 'estate.create', estate, estate.id);
      for (const building of buildings) {
        const args = { ...building, estateId: estate.id, gridId: estate.gridId };
        await apply(space, 'building.create', args, building.id);
      }
    }
  }
}

async function tellStories(deps: Dependencies): Promise<Demo> {
  const now = deps.now();
  const actors = new Map<string, Actor>();
  for (const member of DEMO_MEMBERS) actors.set(member.id, await actorOf(deps.db, member.id));
  const actorFor = (member: DemoMember | undefined): Actor => {
    const actor = member === undefined ? undefined : actors.get(member.id);
    if (actor === undefined) throw new Error('The demo lacks somebody.');
    return actor;
  };
  const claimers = [CLAIMER, SECOND_CLAIMER, UNIT_CLAIMER];
  const matters = demoMatters(buildCatalogue(toPinyin));
  const stories = matters.map((matter, n) =>
    storyOf(
      matter,
      n,
      {
        volunteer: actorFor(DEMO_MEMBERS.find((one) => one.roles.volunteer.includes(matter.estate.gridId))),
        coordinator: actorFor(COORDINATOR),
        claimer: actorFor(claimers[n % claimers.length]),
      },
      now,
    ),
  );
  for (const step of stories.flat().sort((a, b) => a.at - b.at)) await play(deps, step);
  return exampleOf(matters, stories);
}

/** A wish that was granted and not confirmed yet, with the digits that its slip asks for. */
function exampleOf(matters: readonly DemoMatter[], stories: readonly Step[][]): Demo {
  const n = matters.findIndex((matter) => matter.chapter === 'fulfilled');
  const contact = stories[n]?.find((step) => step.draft.name === 'contact.put')?.draft.args;
  const { phone, pin } = contact as { phone: string; pin: string };
  return { trackingCode: codeOf(matters[n]?.seed ?? ''), digits: pin === '' ? phone.slice(-4) : pin };
}

async function play(deps: Dependencies, { mid, actor, at, draft }: Step & { draft: MutationDraft }): Promise<void> {
  const result = await applyMutation(deps, { ...draft, actor, mid, at });
  if (result.status === 'rejected') {
    throw new Error(`The demo's ${draft.name} was refused: ${result.code} ${JSON.stringify(result.data)}`);
  }
}
