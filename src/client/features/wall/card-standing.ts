import type { Card } from '../../../domain/card/card.ts';

/**
 * Where a card stands for the one who looks at it. `waiting` is the own claim that no server has
 * confirmed: the screen must not say 已认领 of it, for someone else may have come first.
 */
export type Standing = 'open' | 'waiting' | 'mine' | 'others' | 'fulfilled' | 'takenDown';

export function standingOf(card: Card, pending: boolean, memberId: string): Standing {
  if (card.state === 'takenDown') return 'takenDown';
  if (card.state === 'fulfilled') return 'fulfilled';
  if (card.state === 'open' || card.claim === null) return 'open';
  if (card.claim.memberId !== memberId) return 'others';
  return pending ? 'waiting' : 'mine';
}
