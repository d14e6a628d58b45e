import { NO_ROLES, type Actor } from '../../src/domain/actor/actor.ts';
import type { MutationContext, WriteTx } from '../../src/domain/mutation/mutator.ts';
import { Refusal } from '../../src/domain/mutation/refusal.ts';
import type { Change, Effect, ReactionTx } from '../../src/domain/mutation/reaction.ts';
import type { AnyRecord, Kind } from '../../src/domain/record/record.ts';
import type { RecordData } from '../../src/domain/record/record-data.ts';
import type { Rules } from '../../src/server/dependencies.ts';
import type { HomeKey } from '../../src/domain/mutation/homing.ts';
import { contactSpace, gridSpace, memberSpace, parseSpace } from '../../src/domain/space/space.ts';
import { mayPushTo } from '../../src/domain/space/space-access.ts';
import type { LogEntry, ServerRow } from './server-world.ts';

type Data = AnyRecord['data'];

const ownerOf = (space: string): string => parseSpace(space)?.owner ?? '';

/** What the server ought to be: the same pure functions over a map, one mutation after the other, nothing else. */
export class ReferenceModel {
  readonly records = new Map<string, Data>();
  private readonly rules: Rules;

  constructor(rules: Rules, start: readonly ServerRow[]) {
    this.rules = rules;
    for (const { space, kind, id, data } of start) this.records.set(key(space, kind, id), data as Data);
  }

  /** Answers what is wrong with the entry, if anything, by its invariant. */
  play(entry: LogEntry): string | null {
    const wrong = this.judge(entry);
    if (wrong !== null) return `I23 ${entry.name} ${entry.mid} ${wrong}`;
    const { status } = entry;
    if (status === 'quarantined') return null;
    const ctx = this.contextOf(entry);
    if (status === 'rejected') {
      if (ctx !== null) this.refused({ ...entry, ctx });
      return null;
    }
    const mutator = this.rules.mutators.get(entry.name);
    if (ctx === null || mutator === undefined) return `I8 applied without having run: ${entry.name}`;
    const draft = new Map<string, { kind: Kind; id: string; data: Data | undefined }>();
    try {
      // Where it ran is where its records stand, not where it was sent. [BM2]
      const tx = this.writeTx(ctx.space, draft);
      mutator.authorize(tx, entry.args, ctx);
      mutator.apply(tx, entry.args, ctx);
    } catch (error) {
      const invariant = error instanceof Refusal && error.code === 'forbidden' ? 'I23' : 'I8';
      return `${invariant} applied by the server, refused by the model: ${entry.name} ${String(error)}`;
    }
    const changes: Change[] = [...draft].map(([name, { kind, id, data }]) => ({
      space: ctx.space,
      kind,
      id,
      before: this.records.get(name),
      after: data,
    }));
    for (const change of changes) this.set(change.space, change.kind, change.id, change.after);
    for (const reaction of this.rules.reactions) {
      this.effects(reaction.onApplied?.(changes, this.readTx(), ctx, entry.name, entry.args) ?? []);
    }
    // Who no longer works where it was sent takes nothing from there.
    if (ctx.space !== entry.space && mayPushTo(ctx.actor, entry.space)) {
      this.bringAlong(mutator.homing?.brings?.(entry.args) ?? [], entry.space, ctx.space);
    }
    return null;
  }

  /** I23: was its author, as of this moment of the log, let in where they may write, and there alone? */
  private judge({ by, space, status, code, ctx }: LogEntry): string | null {
    if (by === null) return null;
    if (by.revoked) return status === 'quarantined' ? null : `of an ended session is ${status}`;
    if (code === 'revoked') return 'is held as of an ended session, which it is not';
    const actor = this.actorOf(by.memberId);
    if (code === 'noAccess') return mayPushTo(actor, space) ? 'is kept from where its author may write' : null;
    if (status !== 'applied' || ctx === null) return null;
    if (!mayPushTo(actor, ctx.space)) return `is applied in ${ctx.space}, where its author may not write`;
    return null;
  }

  /** As the mutation ought to have run: by whom it was, with the rights that the log has given them so far. */
  private contextOf({ by, ctx }: LogEntry): MutationContext | null {
    return by === null || ctx === null ? ctx : { ...ctx, actor: this.actorOf(by.memberId) };
  }

  private actorOf(id: string): Actor {
    const account = this.records.get(key(memberSpace(id), 'member', id)) as RecordData['member'] | undefined;
    const gridCommunity: Record<string, string> = {};
    for (const name of this.records.keys()) {
      const [space, kind, grid] = name.split('\n') as [string, Kind, string];
      if (kind === 'grid') gridCommunity[grid] = ownerOf(space);
    }
    return { kind: 'member', id, name: account?.name ?? '', roles: account?.roles ?? NO_ROLES, gridCommunity };
  }

  /** What a led mutation names goes along, unless what stays needs it. [BM4] */
  private bringAlong(keys: readonly HomeKey[], from: string, to: string): void {
    const [left, reached] = [ownerOf(from), ownerOf(to)];
    for (const { kind, id } of keys) {
      const spaceOf = kind === 'contact' ? contactSpace : gridSpace;
      const data = this.records.get(key(spaceOf(left), kind, id));
      const stays = this.readTx()
        .list(gridSpace(left))
        .some((one) => one.kind === 'ticket' && (kind === 'contact' ? one.data.contactId : one.data.slipId) === id);
      if (data === undefined || (stays && kind === 'slip')) continue;
      if (!stays) this.set(spaceOf(left), kind, id, undefined);
      if (!this.records.has(key(spaceOf(reached), kind, id))) this.set(spaceOf(reached), kind, id, data);
    }
  }

  private refused({ code, data, ctx, name, args }: LogEntry): void {
    for (const reaction of this.rules.reactions) {
      if (ctx !== null) this.effects(reaction.onRefused?.(code, data, this.readTx(), ctx, name, args) ?? []);
    }
  }

  private effects(effects: readonly Effect[]): void {
    for (const { space, kind, id, data } of effects) this.set(space, kind, id, data);
  }

  private set(space: string, kind: string, id: string, data: Data | undefined): void {
    if (data === undefined) this.records.delete(key(space, kind, id));
    // As the database would give it back: without what JSON leaves out.
    else this.records.set(key(space, kind, id), JSON.parse(JSON.stringify(data)) as Data);
  }

  private readTx(): ReactionTx {
    return {
      get: <K extends Kind>(space: string, kind: K, id: string) =>
        this.records.get(key(space, kind, id)) as RecordData[K] | undefined,
      list: (space) =>
        [...this.records].flatMap(([name, data]) => {
          const [where, kind, id] = name.split('\n') as [string, Kind, string];
          return where === space ? [{ space, kind, id, ver: 0, deleted: false, data } as AnyRecord] : [];
        }),
    };
  }

  private writeTx(own: string, draft: Map<string, { kind: Kind; id: string; data: Data | undefined }>): WriteTx {
    return {
      get: <K extends Kind>(space: string, kind: K, id: string) => {
        const name = key(space, kind, id);
        const found = draft.has(name) ? draft.get(name)?.data : this.records.get(name);
        return found as RecordData[K] | undefined;
      },
      put: (kind, id, data) => {
        draft.set(key(own, kind, id), { kind, id, data });
      },
      remove: (kind, id) => {
        draft.set(key(own, kind, id), { kind, id, data: undefined });
      },
    };
  }
}

export const key = (space: string, kind: string, id: string): string => `${space}\n${kind}\n${id}`;
