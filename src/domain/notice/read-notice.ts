import { requireOwnSpace } from '../member/member-policy.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { noticeReadArgs } from './notice-args.ts';

export const readNotice = defineMutator({
  name: 'notice.read',
  version: 1,
  spaceKind: 'member',
  args: noticeReadArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireOwnSpace(ctx);
  },
  apply(tx, { id }, { space, at }) {
    const notice = tx.get(space, 'notice', id);
    refuseUnless(notice, 'notFound');
    if (notice.readAt === null) tx.put('notice', id, { ...notice, readAt: at });
  },
});
