import type { SpaceId } from '../space/space.ts';
import { parseSpace } from '../space/space.ts';
import type { MutationContext, Mutator, WriteTx } from './mutator.ts';
import { refuseUnless } from './refusal.ts';

/** Is this a space of the kind that the mutator writes? */
export function writesTo(mutator: Pick<Mutator, 'spaceKind' | 'alsoIn'>, space: SpaceId): boolean {
  const kind = parseSpace(space)?.kind;
  return kind !== undefined && (kind === mutator.spaceKind || mutator.alsoIn?.includes(kind) === true);
}

/** Runs a mutation whose args are prepared: the policy first, then the change. Throws `Refusal`. */
export function runMutation(mutator: Mutator, tx: WriteTx, args: unknown, ctx: MutationContext): void {
  refuseUnless(writesTo(mutator, ctx.space), 'invalid');
  mutator.authorize(tx, args, ctx);
  mutator.apply(tx, args, ctx);
}
