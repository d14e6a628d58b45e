// @vitest-environment jsdom
import { nextTick } from 'vue';
import { expect, test } from 'vitest';
import { mountKit } from '../../../../tests/support/mount-kit.ts';
import type { ClaimView } from '../../../domain/claim/claim-view.ts';
import ClaimStanding from './ClaimStanding.vue';

const claim = (state: ClaimView['state'], outcome: ClaimView['outcome']): ClaimView =>
  ({ kind: 'wish', state, outcome, expiresAt: 0 }) as ClaimView;

test('a wish that comes true while it is looked at fills in; one that was met before, or could not be, does not', async () => {
  const turns = async (from: ClaimView, to: ClaimView): Promise<boolean> => {
    const standing = mountKit(ClaimStanding, { props: { claim: from } });
    await standing.setProps({ claim: to });
    await nextTick();
    const found = standing.get('.standing').classes('is-turning');
    standing.unmount();
    return found;
  };
  expect(await turns(claim('inProgress', null), claim('fulfilled', 'solved'))).toBe(true);
  expect(await turns(claim('fulfilled', 'solved'), claim('confirmed', 'solved'))).toBe(false);
  expect(await turns(claim('inProgress', null), claim('fulfilled', 'notSolvable'))).toBe(false);
});
