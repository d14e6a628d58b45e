import type { MutationContext, Mutator } from '../../domain/mutation/mutator.ts';
import type { Change, Effect } from '../../domain/mutation/reaction.ts';
import { Refusal } from '../../domain/mutation/refusal.ts';
import type { Kind } from '../../domain/record/record.ts';
import { ownerOf, type SpaceId } from '../../domain/space/space.ts';
import { prepareArgs } from '../../domain/mutation/prepare-mutation.ts';
import { runMutation, writesTo } from '../../domain/mutation/run-mutation.ts';
import type { Receipt } from '../../protocol/sync-messages.ts';
import { asDatabaseFault, DatabaseFault } from '../db/database-fault.ts';
import type { Rules } from '../dependencies.ts';
import { isSlipCodeTaken } from './derived-tables.ts';
import type { LockedDesk } from './in-locked-spaces.ts';
import { bringAlong, leadHome, type Destination } from './lead-home.ts';
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

/** A mutation that is lifted and validated, and where it runs. */
interface Run {
  mutator: Mutator;
  args: unknown;
  ctx: MutationContext;
}

interface Move {
  kind: Kind;
  id: string;
  from: SpaceId;
  to: SpaceId;
  /** It has not come yet. */
  isToCome?: boolean;
}

const APPLIED: Outcome = { status: 'applied', code: '', data: {} };

/**
 * Lifts, checks and runs one mutation over the workspace, and its reactions with it. Either all of its effects
 * are settled, or none but what tells its author of the refusal. Throws only where the database does.
 */
export async function settleMutation(
  desk: LockedDesk,
  rules: Rules,
  mutation: NamedMutation,
  sentTo: MutationContext,
  options: SettleOptions,
): Promise<Outcome> {
  const { workspace } = desk;
  let run: Run | undefined;
  try {
    const prepared = prepareArgs(rules.mutators, mutation.name, mutation.v, mutation.args);
    run = { ...prepared, ctx: sentTo };
    const led = await lead(desk, run, options);
    if ('status' in led) return led;
    run = led;
    const changes = await change(desk, run, options);
    const moves = await react(workspace, rules, run, changes);
    if (run.ctx.space !== sentTo.space) moves.push(...(await takeAlong(desk, run, sentTo.space, changes, options)));
    for (const { kind, id, from, to, isToCome = false } of moves) {
      const { homes } = desk;
      await asDatabaseFault(isToCome ? homes.ledOn(from, { kind, id }, to) : homes.moved(from, { kind, id }, to));
    }
    workspace.settle();
    return APPLIED;
  } catch (error) {
    workspace.discard();
    if (error instanceof DatabaseFault) throw error;
    if (!(error instanceof Refusal)) return fault(error);
    return refuse(workspace, rules, run, error);
  }
}

/** Where it runs: where its record stands now, or where it was sent. Held or refused where its author may not write. */
async function lead({ workspace, homes }: LockedDesk, run: Run, { mayWrite }: SettleOptions): Promise<Run | Outcome> {
  const { mutator, args, ctx } = run;
  const home = await leadHome(workspace, homes, mutator, args, ctx.space);
  if (home !== undefined && mayWrite(home.space)) {
    return { mutator, args: home.args, ctx: { ...ctx, space: home.space } };
  }
  if (!mayWrite(ctx.space)) {
    if (mutator.creates) return { status: 'quarantined', code: 'noAccess', data: {} };
    throw new Refusal('noAccess');
  }
  if (home === undefined) return run;
  await expectThere({ workspace, homes }, run, home);
  return { status: 'quarantined', code: 'moved', data: {} };
}

/**
 * Before it is held: a step that its author could not have taken there either is refused now, for who accepts it
 * later vouches for its words alone. Of what it would make, what follows is led to the same place, and held with it.
 */
async function expectThere(
  { workspace, homes }: Pick<LockedDesk, 'workspace' | 'homes'>,
  { mutator, args, ctx }: Run,
  home: Destination,
): Promise<void> {
  const volunteer = [...ctx.actor.roles.volunteer, ownerOf(home.space)];
  const actor = { ...ctx.actor, roles: { ...ctx.actor.roles, volunteer } };
  try {
    await workspace.read((tx) => mutator.authorize(tx, home.args, { ...ctx, space: home.space, actor }));
  } catch (error) {
    // Whatever else stands against it may have changed by the time somebody decides.
    if (!(error instanceof Refusal) || error.code === 'forbidden') throw error;
  }
  const made = mutator.homing?.makes?.(args);
  if (made === undefined) return;
  const places = [ctx.space, home.space];
  const stands = await workspace.read((tx) => places.some((space) => tx.get(space, made.kind, made.id) !== undefined));
  if (!stands) await asDatabaseFault(homes.moved(ctx.space, made, home.space));
}

async function change(
  { trx, workspace }: LockedDesk,
  { mutator, args, ctx }: Run,
  { skipAuthorize }: SettleOptions,
): Promise<Change[]> {
  if (!writesTo(mutator, ctx.space)) throw new Refusal('invalid');
  const changes = await workspace.write(ctx.space, (tx) => {
    if (skipAuthorize) mutator.apply(tx, args, ctx);
    else runMutation(mutator, tx, args, ctx);
  });
  if (await asDatabaseFault(isSlipCodeTaken(trx, workspace.settled(), changes))) throw new Refusal('exists');
  return changes;
}

/** What was made elsewhere than its author meant counts as moved: what comes after it is led there too. */
async function takeAlong(
  { workspace, homes }: LockedDesk,
  { mutator, args, ctx }: Run,
  from: SpaceId,
  changes: readonly Change[],
  { mayWrite }: SettleOptions,
): Promise<Move[]> {
  await bringAlong(workspace, homes, mutator.homing?.brings?.(args) ?? [], {
    from,
    to: ctx.space,
    copy: mayWrite(from),
  });
  return changes
    .filter(({ before, after }) => before === undefined && after !== undefined)
    .map(({ kind, id, space }) => ({ kind, id, from, to: space }));
}

async function react(
  workspace: Workspace,
  rules: Rules,
  { mutator, args, ctx }: Run,
  changes: readonly Change[],
): Promise<Move[]> {
  const moves: Move[] = [];
  for (const reaction of rules.reactions) {
    const asked = workspace.read((tx) => reaction.onApplied?.(changes, tx, ctx, mutator.name, args) ?? []);
    // Most have nothing to say, at once: to wait for each of them would take longer than to ask.
    const effects = asked instanceof Promise ? await asked : asked;
    if (effects.length === 0) continue;
    await applyEffects(workspace, effects);
    for (const { space, kind, id, movedTo, ledOnTo } of effects) {
      const to = movedTo ?? ledOnTo;
      if (to !== undefined) moves.push({ kind, id, from: space, to, isToCome: movedTo === undefined });
    }
  }
  return moves;
}

async function refuse(
  workspace: Workspace,
  rules: Rules,
  run: Run | undefined,
  { code, data }: Refusal,
): Promise<Outcome> {
  if (run === undefined) return { status: 'rejected', code, data };
  const { mutator, args, ctx } = run;
  try {
    for (const reaction of rules.reactions) {
      const effects = await workspace.read((tx) => reaction.onRefused?.(code, data, tx, ctx, mutator.name, args) ?? []);
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
