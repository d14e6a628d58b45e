import type { MutationContext, Mutator } from '../../domain/mutation/mutator.ts';
import type { Change, Effect } from '../../domain/mutation/reaction.ts';
import { Refusal } from '../../domain/mutation/refusal.ts';
import type { Kind } from '../../domain/record/record.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import { prepareArgs } from '../../domain/mutation/prepare-mutation.ts';
import { runMutation, writesTo } from '../../domain/mutation/run-mutation.ts';
import type { Receipt } from '../../protocol/sync-messages.ts';
import { asDatabaseFault, DatabaseFault } from '../db/database-fault.ts';
import type { Rules } from '../dependencies.ts';
import { isSlipCodeTaken } from './derived-tables.ts';
import type { LockedDesk } from './in-locked-spaces.ts';
import { bringAlong, leadHome } from './lead-home.ts';
import type { Workspace } from './workspace.ts';

export interface NamedMutation {
  name: string;
  v: number;
  args: unknown;
}

export interface SettleOptions {
  /** Where the author may not write (any more), creations are held and transitions refused. */
  mayWrite(space: SpaceId): boolean;
  /** True for the few writes of the server itself that no role stands behind: the seed of an empty office. */
  skipAuthorize?: boolean;
}

export type Outcome = Pick<Receipt, 'status' | 'code' | 'data'> & {
  /** What went wrong in the program, where that is why it is held. */
  fault?: unknown;
};

interface Move {
  kind: Kind;
  id: string;
  from: SpaceId;
  to: SpaceId;
}

const APPLIED: Outcome = { status: 'applied', code: '', data: {} };

/**
 * Lifts, checks and runs one mutation over the workspace, and its reactions with it. Either all of its effects
 * are settled, or none but what tells its author of the refusal. Throws only where the database does.
 */
export async function settleMutation(
  { trx, workspace, homes }: LockedDesk,
  rules: Rules,
  mutation: NamedMutation,
  sentTo: MutationContext,
  options: SettleOptions,
): Promise<Outcome> {
  let prepared: { mutator: Mutator; args: unknown } | undefined;
  let ctx = sentTo;
  try {
    prepared = prepareArgs(rules.mutators, mutation.name, mutation.v, mutation.args);
    const { mutator } = prepared;
    const home = await leadHome(workspace, homes, mutator, prepared.args, sentTo.space);
    if (home !== undefined && options.mayWrite(home.space)) {
      prepared = { mutator, args: home.args };
      ctx = { ...sentTo, space: home.space };
    } else if (!options.mayWrite(sentTo.space)) {
      if (mutator.creates) return { status: 'quarantined', code: 'noAccess', data: {} };
      throw new Refusal('noAccess');
    } else if (home !== undefined) return { status: 'quarantined', code: 'moved', data: {} };
    const { args } = prepared;
    if (!writesTo(mutator, ctx.space)) throw new Refusal('invalid');
    const changes = await workspace.write(ctx.space, (tx) => {
      if (options.skipAuthorize) mutator.apply(tx, args, ctx);
      else runMutation(mutator, tx, args, ctx);
    });
    if (await asDatabaseFault(isSlipCodeTaken(trx, workspace.settled(), changes))) throw new Refusal('exists');
    const moves = await react(workspace, rules, mutation.name, args, changes, ctx);
    if (ctx.space !== sentTo.space) {
      await bringAlong(workspace, homes, mutator.homing?.brings?.(args) ?? [], sentTo.space, ctx.space);
      moves.push(...createdElsewhere(changes, sentTo.space));
    }
    for (const { kind, id, from, to } of moves) await asDatabaseFault(homes.moved(from, { kind, id }, to));
    workspace.settle();
    return APPLIED;
  } catch (error) {
    workspace.discard();
    if (error instanceof DatabaseFault) throw error;
    if (!(error instanceof Refusal)) return fault(error);
    return refuse(workspace, rules, mutation.name, prepared?.args, error, ctx);
  }
}

async function react(
  workspace: Workspace,
  rules: Rules,
  name: string,
  args: unknown,
  changes: readonly Change[],
  ctx: MutationContext,
): Promise<Move[]> {
  const moves: Move[] = [];
  for (const reaction of rules.reactions) {
    const effects = await workspace.read((tx) => reaction.onApplied?.(changes, tx, ctx, name, args) ?? []);
    await applyEffects(workspace, effects);
    for (const { space, kind, id, movedTo } of effects) {
      if (movedTo !== undefined) moves.push({ kind, id, from: space, to: movedTo });
    }
  }
  return moves;
}

/** What was made in another space than its author meant: what comes after it is led there too. */
const createdElsewhere = (changes: readonly Change[], from: SpaceId): Move[] =>
  changes
    .filter(({ before, after }) => before === undefined && after !== undefined)
    .map(({ kind, id, space }) => ({ kind, id, from, to: space }));

async function refuse(
  workspace: Workspace,
  rules: Rules,
  name: string,
  args: unknown,
  { code, data }: Refusal,
  ctx: MutationContext,
): Promise<Outcome> {
  if (args === undefined) return { status: 'rejected', code, data };
  try {
    for (const reaction of rules.reactions) {
      const effects = await workspace.read((tx) => reaction.onRefused?.(code, data, tx, ctx, name, args) ?? []);
      await applyEffects(workspace, effects);
    }
    workspace.settle();
  } catch (error) {
    workspace.discard();
    if (error instanceof DatabaseFault) throw error;
    return fault(error);
  }
  return { status: 'rejected', code, data };
}

async function applyEffects(workspace: Workspace, effects: readonly Effect[]): Promise<void> {
  for (const effect of effects) await workspace.effect(effect);
}

const fault = (error: unknown): Outcome => ({ status: 'quarantined', code: 'fault', data: {}, fault: error });
