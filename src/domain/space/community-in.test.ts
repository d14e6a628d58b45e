import { expect, test } from 'vitest';
import { C1, C2, G1, G3, uuid, volunteer } from '../mutation/world-for-tests.ts';
import { communityIn } from './community-in.ts';

test('a space is a part of the community that it names, or that its grid belongs to', () => {
  const actor = { ...volunteer, gridCommunity: { [G1]: C1, [G3]: C2 } };
  for (const [space, community] of [
    [`community:${C2}`, C2],
    [`wall:${C2}`, C2],
    [`grid:${G1}`, C1],
    [`contact:${G3}`, C2],
    [`grid:${uuid(404)}`, undefined],
    ['office', undefined],
    [`member:${actor.id}`, undefined],
  ] as const)
    expect(communityIn(actor, space), space).toBe(community);
});
