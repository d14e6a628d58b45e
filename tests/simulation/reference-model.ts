import type { MutationContext } from '../../src/domain/mutation/mutator.ts';
import { prepareArgs } from '../../src/domain/mutation/prepare-mutation.ts';
import { Refusal } from '../../src/domain/mutation/refusal.ts';
import { runMutation } from '../../src/domain/mutation/run-mutation.ts';
import type { Receipt } from '../../src/protocol/sync-messages.ts';
import type { Rules } from '../../src/server/dependencies.ts';
import { ownerOf } from '../../src/domain/space/space.ts';
import { mayPushTo } from '../../src/domain/space/space-access.ts';
import { canonical, isSame } from './canonical.ts';
import { ModelHomes } from './model-homes.ts';
import { bringAlong, expectThere, leadHome, type ModelTown, type Run } from './model-passage.ts';
import { ModelRecords } from './model-records.ts';
import type { LogEntry, ServerRow } from './server-world.ts';

type Word = Pick<Receipt, 'status' | 'code' | 'data'>;
type Pushed = NonNullable<LogEntry['sent']>;

const APPLIED: Word = { status: 'applied', code: '', data: {} };
const held = (code: string): Word => ({ status: 'quarantined', code, data: {} });
/** Where one of these is said, or ought to be, the question is who may do what. */
const OF_RIGHTS = ['forbidden', 'noAccess', 'revoked'];

/** What the server ought to be: the same pure functions over a map, one mutation after the other, nothing else. */
export class ReferenceModel {
  readonly records: ModelRecords;
  private readonly town: ModelTown;
  private readonly rules: Rules;

  constructor(rules: Rules, start: readonly ServerRow[]) {
    this.rules = rules;
    this.records = ModelRecords.of(start);
    this.town = { records: this.records, homes: new ModelHomes() };
  }

  /** Settles it as it ought to be at its place in the order; what is wrong with the server's word, by its invariant. */
  play(entry: LogEntry): string | null {
    const { name, mid, status, code, data } = entry;
    const word = this.wordOn(entry);
    if (isSame({ status, code, data }, word)) return null;
    const invariant = [code, word.code].some((one) => OF_RIGHTS.includes(one)) ? 'I23' : 'I8';
    return `${invariant} ${name} ${mid} is ${canonical({ status, code, data })}, ought to be ${canonical(word)}`;
  }

  private wordOn({ by, space, sent, name, args, ctx }: LogEntry): Word {
    if (by === null || sent === null) return this.ownWrite(name, args, ctx);
    if (by.revoked) return held('revoked');
    const actor = this.records.actorOf(by.memberId);
    if (sent.quarantine) return held(mayPushTo(actor, space) ? 'asked' : 'noAccess');
    return this.settle(sent, { ...(ctx ?? NEVER_RUN), actor, space });
  }

  /** What the server does by itself it does where it says. */
  private ownWrite(name: string, args: unknown, ctx: MutationContext | null): Word {
    const mutator = this.rules.mutators.get(name);
    return mutator === undefined || ctx === null ? held('fault') : this.run({ mutator, args, ctx }, ctx.space);
  }

  /** By whom it was, with the rights that the log has given them so far. */
  private settle({ name, v, args: written }: Pushed, sentTo: MutationContext): Word {
    let run: Run | undefined;
    try {
      run = { ...prepareArgs(this.rules.mutators, name, v, written), ctx: sentTo };
      const { mutator, args } = run;
      const space = leadHome(this.town, run);
      const isLed = space !== sentTo.space;
      const there = isLed
        ? { mutator, args: mutator.homing?.inGrid?.(args, ownerOf(space)) ?? args }
        : { mutator, args };
      const led: Run = { ...there, ctx: { ...sentTo, space } };
      if (mayPushTo(sentTo.actor, space)) {
        run = led;
        return this.run(run, sentTo.space);
      }
      if (!mayPushTo(sentTo.actor, sentTo.space)) {
        if (mutator.creates) return held('noAccess');
        throw new Refusal('noAccess');
      }
      expectThere(this.town, led, run);
      return held('moved');
    } catch (error) {
      return error instanceof Refusal ? this.refuse(error, run) : held('fault');
    }
  }

  private run(run: Run, sentTo: string): Word {
    const { mutator, args, ctx } = run;
    const changes = this.records.draft(ctx.space, (tx) => {
      runMutation(mutator, tx, args, ctx);
    });
    if (this.records.hasSlipCode(changes)) throw new Refusal('exists');
    for (const { space, kind, id, after: data } of changes) this.records.write({ space, kind, id, data });
    const moves = this.rules.reactions.flatMap((reaction) => {
      const effects = reaction.onApplied?.(changes, this.records.reading(), ctx, mutator.name, args) ?? [];
      for (const effect of effects) this.records.write(effect);
      return effects.flatMap(({ space: from, kind, id, movedTo, ledOnTo }) => {
        const to = movedTo ?? ledOnTo;
        return to === undefined ? [] : [{ from, key: { kind, id }, to, isToCome: movedTo === undefined }];
      });
    });
    if (ctx.space !== sentTo) {
      // Who no longer works where it was sent takes nothing from there.
      const copy = mayPushTo(ctx.actor, sentTo);
      bringAlong(this.town, mutator.homing?.brings?.(args) ?? [], { from: sentTo, to: ctx.space, copy });
      for (const { before, after, kind, id, space: to } of changes) {
        if (before === undefined && after !== undefined)
          moves.push({ from: sentTo, key: { kind, id }, to, isToCome: false });
      }
    }
    const { homes } = this.town;
    for (const { from, key, to, isToCome } of moves) {
      if (isToCome) homes.ledOn(from, key, to);
      else homes.moved(from, key, to);
    }
    return APPLIED;
  }

  private refuse({ code, data }: Refusal, run: Run | undefined): Word {
    if (run !== undefined) this.tellRefused({ code, data }, run);
    return { status: 'rejected', code, data };
  }

  private tellRefused({ code, data }: Pick<Refusal, 'code' | 'data'>, { mutator, args, ctx }: Run): void {
    for (const reaction of this.rules.reactions) {
      const effects = reaction.onRefused?.(code, data, this.records.reading(), ctx, mutator.name, args) ?? [];
      for (const effect of effects) this.records.write(effect);
    }
  }
}

/** Of one that the server did not run nobody knows the times: where it ought to have run, its word is another one anyway. */
const NEVER_RUN = { mid: '', at: 0, deviceAt: 0, now: 0 };
