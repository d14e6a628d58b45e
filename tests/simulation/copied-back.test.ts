import { expect, test } from 'vitest';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import type { Waiting } from '../../src/sync/engine-api.ts';
import { contactDraft, idOf, visitDraft } from '../support/factories.ts';
import { runSeed } from './run-seed.ts';
import { COMMUNITY, GRIDS, PEOPLE, placeIn } from './sim-town.ts';
import { setStage } from './stage.ts';

const MINUTE = 60_000;
const [GRID] = GRIDS;

/**
 * In these a request from before a database was put back by hand arrives a second time, and is settled otherwise than it
 * once was; then the server goes on beyond the version that the phone has seen.
 */
const SEEDS = [1743, 3702];
const WAYS = ['backup', 'file', 'folder'] as const;
const cases = SEEDS.flatMap((seed) => WAYS.map((byHand) => ({ seed, byHand })));

test.each(cases)(
  '[RS5] [RS6] seed $seed: a $byHand that was put back by hand keeps no phone in the history that is gone',
  async ({ seed, byHand }) => {
    const { found, doubts } = await runSeed(seed, { asFound: true, byHand });
    expect(found).toEqual([]);
    // Of a whole folder the server finds nothing out by itself: it is by the runs that each phone does.
    expect(doubts > 0).toBe(byHand !== 'folder');
  },
);

/** What the phone says of it in the end, on a server that looks for what it finds, or trusts it. */
async function toldAfter(
  { draft, leftOut }: { draft: MutationDraft; leftOut: readonly string[] },
  trusting: boolean,
): Promise<readonly Waiting[]> {
  const stage = await setStage();
  const { server, time } = stage;
  server.trusting = trusting;
  const stands = async (): Promise<unknown> =>
    (await server.deps.db.selectFrom('space').select('ver').where('id', '=', draft.space).executeTakeFirst())?.ver;
  await server.start();
  const phone = await stage.phone('v1', PEOPLE.oneGrid);
  const backup = await server.backup();
  void phone.engine!.save([draft]);
  await stage.run(MINUTE);
  expect(phone.engine!.waiting()).toMatchObject([{ state: 'delivered' }]);
  void phone.engine!.leaveOut(leftOut);
  const seen = await stands();

  // The folder of before comes back, and the same request is settled otherwise, at the same version.
  await time.during(server.restore(backup, 'folder'));
  await time.during(server.setRoles(phone.memberId, NO_ROLES));
  const session = { id: phone.sessionId, memberId: phone.memberId, name: '', roles: NO_ROLES, revoked: false };
  await time.during(server.handle(session, stage.requests.find(({ request }) => request.push.length > 0)?.request));
  expect(await stands()).toBe(seen);
  await time.during(server.setRoles(phone.memberId, PEOPLE.oneGrid.roles));
  await stage.run(3 * MINUTE);
  void phone.engine!.leaveOut([]);
  await stage.run(3 * MINUTE);

  const waiting = phone.engine!.waiting();
  await stage.close();
  return waiting;
}

const CONTACT = { draft: contactDraft(idOf('copied', 'contact'), GRID, { phone: '13800001234' }), leftOut: [] };
const VISIT = { draft: visitDraft(idOf('copied', 'visit'), placeIn(GRID, 0)), leftOut: [COMMUNITY] };

test.each([
  { what: 'a space that nobody carries', ...CONTACT },
  { what: 'a community that was left out before', ...VISIT },
])(
  '[RS6] the word on what was written to $what is told anew where it was of a history that is gone',
  async (written) => {
    expect(await toldAfter(written, false)).toMatchObject([{ state: 'attention', receipt: { status: 'quarantined' } }]);
  },
);

test('a server that takes for its own whatever it finds never tells it', async () => {
  expect(await toldAfter(CONTACT, true)).toMatchObject([{ state: 'delivered' }]);
});
