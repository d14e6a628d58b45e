import type { Notice } from '../../../domain/notice/notice.ts';
import type { Waiting } from '../../../sync/engine-api.ts';

/** Someone else came first: who, and when. */
export interface LostClaim {
  winner: string;
  at: number;
}

/**
 * The notice tells it on every device of the member; the receipt tells it on the phone that claimed,
 * a moment earlier. The newest of them counts.
 */
export function lostClaimOf(
  cardId: string,
  notices: readonly Notice[],
  waiting: readonly Waiting[],
): LostClaim | undefined {
  const told = notices
    .filter((notice) => notice.type === 'claimLost' && notice.about?.id === cardId)
    .map((notice) => ({ winner: String(notice.params.winnerName ?? ''), at: Number(notice.params.at ?? notice.at) }));
  const refused = waiting
    .filter(({ row, receipt }) => row.about?.id === cardId && receipt?.code === 'claimTaken')
    .map(({ receipt }) => ({ winner: String(receipt?.data.winnerName ?? ''), at: Number(receipt?.data.at ?? 0) }));
  return [...told, ...refused].sort((a, b) => b.at - a.at).at(0);
}
