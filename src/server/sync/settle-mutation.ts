import type { Transaction } from 'kysely';
import type { MutationContext, Mutator } from '../../domain/mutation/mutator.ts';
import type { Change, Effect } from '../../domain/mutation/reaction.ts';
import { Refusal } from '../../domain/mutation/refusal.ts';
import { prepareArgs } from '../../domain/mutation/prepare-mutation.ts';
import { runMutation, writesTo } from '../../domain/mutation/run-mutation.ts';
import type { Receipt } from '../../protocol/sync-messages.ts';
import { asDatabaseFault, DatabaseFault } from '../db/database-fault.ts';
import type { Database } from '../db/schema.ts';
import type { Rules } from '../dependencies.ts';
import { isSlipCodeTaken } from './derived-tables.ts';
import type { Workspace } from './workspace.ts';

export interface NamedMutation {
  name: string;
  v: number;
  args: unknown;
}

export interface SettleOptions {
  /** False: the author may no longer write here. Creations are held, transitions refused. */
  access: boolean;
  /** True for the few writes of the server itself that no role stands behind: the seed of an empty office. */
  skipAuthorize?: boolean;
}

export type Outcome = Pick<Receipt, 'status' | 'code' | 'data'> & {
  /** What went wrong in the program, where that is why it is held. */
  fault?: unknown;
};

const APPLIED: Outcome = { status: 'applied', code: '', data: {} };

/**
 * Lifts, checks and runs one mutation over the workspace, and its reactions with it. Either all of its effects
 * are settled, or none but what tells its author of the refusal. Throws only where the database does.
 */
export async function settleMutation(
  trx: Transaction<Database>,
  workspace: Workspace,
  rules: Rules,
  mutation: NamedMutation,
  ctx: MutationContext,
  options: SettleOptions,
): Promise<Outcome> {
  let prepared: { mutator: Mutator; args: unknown } | undefined;
  try {
    prepared = prepareArgs(rules.mutators, mutation.name, mutation.v, mutation.args);
    const { mutator, args } = prepared;
    if (!options.access && mutator.creates) return { status: 'quarantined', code: 'noAccess', data: {} };
    if (!options.access) throw new Refusal('noAccess');
    if (!writesTo(mutator, ctx.space)) throw new Refusal('invalid');
    const changes = await workspace.write(ctx.space, (tx) => {
      if (options.skipAuthorize) mutator.apply(tx, args, ctx);
      else runMutation(mutator, tx, args, ctx);
    });
    if (await asDatabaseFault(isSlipCodeTaken(trx, workspace.settled(), changes))) throw new Refusal('exists');
    await react(workspace, rules, mutation.name, args, changes, ctx);
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
): Promise<void> {
  for (const reaction of rules.reactions) {
    const effects = await workspace.read((tx) => reaction.onApplied?.(changes, tx, ctx, name, args) ?? []);
    await applyEffects(workspace, effects);
  }
}

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
