import type { MutationContext } from '../mutation/mutator.ts';
import type { Effect } from '../mutation/reaction.ts';
import { derivedId } from '../place/place.ts';
import { memberSpace } from '../space/space.ts';
import type { Notice, NoticeType } from './notice.ts';

/** Tells a member something, once for each mutation that gives the reason. */
export const noticeEffect = (
  ctx: MutationContext,
  memberId: string,
  type: NoticeType,
  { about, params }: Pick<Notice, 'about' | 'params'>,
): Effect => ({
  space: memberSpace(memberId),
  kind: 'notice',
  id: derivedId('notice', type, memberId, ctx.mid),
  data: { type, at: ctx.at, readAt: null, about, params },
});
