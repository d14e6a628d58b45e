import { claimTakeArgs } from '../card/card-args.ts';
import type { Reaction } from '../mutation/reaction.ts';
import { derivedId } from '../place/place.ts';
import { memberSpace } from '../space/space.ts';
import * as v from 'valibot';

/**
 * Whoever came second is told on every device of theirs, by name and time: once for each claim that they lost to,
 * from however many phones they tried.
 */
export const claimLost: Reaction = {
  name: 'claimLost',
  onRefused(code, { winnerName = '', at = 0 }, tx, ctx, mutation, args) {
    if (code !== 'claimTaken' || mutation !== 'claim.take') return [];
    const { cardId } = v.parse(claimTakeArgs, args);
    const card = tx.get(ctx.space, 'card', cardId);
    const space = memberSpace(ctx.actor.id);
    const id = derivedId('notice', 'claimLost', cardId, card?.claim?.mid ?? String(at), ctx.actor.id);
    if (tx.get(space, 'notice', id) !== undefined) return [];
    const params = { winnerName, at, cardText: card?.text ?? '' };
    const about = { space: ctx.space, kind: 'card', id: cardId };
    return [{ space, kind: 'notice', id, data: { type: 'claimLost', at: ctx.at, readAt: null, about, params } }];
  },
};
