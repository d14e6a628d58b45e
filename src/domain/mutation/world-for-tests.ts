import { NO_ROLES, type Actor, type Roles } from '../actor/actor.ts';
import type { AnyRecord, Kind } from '../record/record.ts';
import type { RecordData } from '../record/record-data.ts';
import type { SpaceId } from '../space/space.ts';
import type { MutationContext, ReadTx, WriteTx } from './mutator.ts';
import { mutators } from './mutators.ts';
import { prepareArgs } from './prepare-mutation.ts';
import type { Change, ReactionTx } from './reaction.ts';
import { reactions } from './reactions.ts';
import { Refusal } from './refusal.ts';
import { runMutation } from './run-mutation.ts';

type Data = RecordData[Kind];
type Key = `${SpaceId}\n${Kind}\n${string}`;

const keyOf = (space: SpaceId, kind: Kind, id: string): Key => `${space}\n${kind}\n${id}`;

/** Freezes deeply: a mutator that changes what it was given fails at once. */
function frozen<T>(data: T): T {
  if (typeof data === 'object' && data !== null && !Object.isFrozen(data)) {
    Object.freeze(data);
    Object.values(data).forEach(frozen);
  }
  return data;
}

export interface Act {
  actor: Actor;
  space: SpaceId;
  name: string;
  args: unknown;
  mid?: string;
  at?: number;
  /** When it is decided; `at` where left out. */
  now?: number;
  /** Version of the args; 1 where left out. */
  v?: number;
}

/**
 * The domain without a server around it: records by space, kind and id, mutations in the order in which they are
 * told, and, where `withReactions` is not false, what follows from them.
 */
export class World {
  readonly records = new Map<Key, Data>();
  readonly withReactions: boolean;
  #clock = 1_790_000_000_000;
  #mids = 0;

  constructor({ withReactions = true }: { withReactions?: boolean } = {}) {
    this.withReactions = withReactions;
  }

  get<K extends Kind>(space: SpaceId, kind: K, id: string): RecordData[K] | undefined {
    return this.records.get(keyOf(space, kind, id)) as RecordData[K] | undefined;
  }

  /** The record, which must be there. */
  must<K extends Kind>(space: SpaceId, kind: K, id: string): RecordData[K] {
    const data = this.get(space, kind, id);
    if (data === undefined) throw new Error(`no ${kind} ${id} in ${space}`);
    return data;
  }

  set<K extends Kind>(space: SpaceId, kind: K, id: string, data: RecordData[K]): void {
    this.records.set(keyOf(space, kind, id), frozen(JSON.parse(JSON.stringify(data)) as Data));
  }

  list<K extends Kind>(space: SpaceId, kind: K): RecordData[K][] {
    const prefix = keyOf(space, kind, '');
    return [...this.records].filter(([key]) => key.startsWith(prefix)).map(([, data]) => data as RecordData[K]);
  }

  /** The same records on a phone: no reaction runs there. */
  withoutReactions(): World {
    return this.copy(false);
  }

  copy(withReactions = this.withReactions): World {
    const other = new World({ withReactions });
    for (const [key, data] of this.records) other.records.set(key, data);
    other.#clock = this.#clock;
    other.#mids = this.#mids;
    return other;
  }

  /** Runs a mutation; answers the refusal, or undefined where it was applied. Other errors come through. */
  tell(act: Act): Refusal | undefined {
    const at = act.at ?? (this.#clock += 60_000);
    const mid = act.mid ?? `mid-${++this.#mids}`;
    const ctx: MutationContext = {
      actor: act.actor,
      space: act.space,
      mid,
      at,
      deviceAt: at - 1000,
      now: act.now ?? at,
    };
    const { draft, refusal, args } = this.#run(act, ctx);
    if (!this.withReactions) {
      if (refusal === undefined) this.#commit(draft);
      return refusal;
    }
    const changes = this.#changes(act.space, draft);
    for (const reaction of reactions) {
      const effects =
        refusal === undefined
          ? (reaction.onApplied?.(changes, this.#look(draft), ctx, act.name, args) ?? [])
          : (reaction.onRefused?.(refusal.code, refusal.data, this.#look(draft), ctx, act.name, args) ?? []);
      for (const { space, kind, id, data } of effects) draft.set(keyOf(space, kind, id), data);
    }
    this.#commit(draft);
    return refusal;
  }

  /** The same, where a refusal is a fault of the test. */
  do(act: Act): void {
    const refusal = this.tell(act);
    if (refusal !== undefined) throw new Error(`${act.name}: ${refusal.code} ${JSON.stringify(refusal.data)}`);
  }

  #run(act: Act, ctx: MutationContext): { draft: Map<Key, Data | undefined>; refusal?: Refusal; args: unknown } {
    const draft = new Map<Key, Data | undefined>();
    const tx: WriteTx = {
      ...this.#read(draft),
      put: (kind, id, data) => void draft.set(keyOf(act.space, kind, id), frozen(data)),
      remove: (kind, id) => void draft.set(keyOf(act.space, kind, id), undefined),
    };
    let args: unknown = act.args;
    try {
      const prepared = prepareArgs(mutators, act.name, act.v ?? 1, act.args);
      args = prepared.args;
      runMutation(prepared.mutator, tx, prepared.args, ctx);
      return { draft, args };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { draft: new Map(), refusal: error, args };
    }
  }

  #read(draft: ReadonlyMap<Key, Data | undefined>): ReadTx {
    return {
      get: <K extends Kind>(space: SpaceId, kind: K, id: string) => {
        const key = keyOf(space, kind, id);
        return (draft.has(key) ? draft.get(key) : this.records.get(key)) as RecordData[K] | undefined;
      },
    };
  }

  /** What a reaction sees. */
  #look(draft: ReadonlyMap<Key, Data | undefined>): ReactionTx {
    const list = (space: SpaceId): AnyRecord[] =>
      [...new Map<Key, Data | undefined>([...this.records, ...draft])].flatMap(([key, data]) => {
        const [where, kind, id] = key.split('\n') as [string, Kind, string];
        if (where !== space || data === undefined) return [];
        return [{ space, kind, id, ver: 1, deleted: false, data } as AnyRecord];
      });
    return { ...this.#read(draft), list };
  }

  #changes(space: SpaceId, draft: ReadonlyMap<Key, Data | undefined>): Change[] {
    return [...draft].map(([key, after]) => {
      const [, kind, id] = key.split('\n') as [string, Kind, string];
      return { space, kind, id, before: this.records.get(key), after };
    });
  }

  #commit(draft: ReadonlyMap<Key, Data | undefined>): void {
    for (const [key, data] of draft) {
      if (data === undefined) this.records.delete(key);
      else this.records.set(key, frozen(data));
    }
  }
}

/** Ids that name their use: `uuid(7)` is the seventh. */
export const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const C1 = uuid(1);
export const C2 = uuid(2);
export const G1 = uuid(11);
export const G2 = uuid(12);
export const G3 = uuid(13);
const GRIDS = { [G1]: C1, [G2]: C1, [G3]: C2 };

const member = (n: number, name: string, roles: Partial<Roles>): Actor => ({
  kind: 'member',
  id: uuid(n),
  name,
  roles: { ...NO_ROLES, ...roles },
  gridCommunity: GRIDS,
});

/** Invented people, one for each thing that a person can be. */
export const volunteer = member(101, '王芳', { volunteer: [G1] });
export const secondVolunteer = member(102, '陈静', { volunteer: [G1] });
export const strangerVolunteer = member(103, '赵敏', { volunteer: [G3] });
export const coordinator = member(111, '周洁', { coordinator: [C1] });
export const secondCoordinator = member(112, '吴涛', { coordinator: [C1] });
export const strangerCoordinator = member(113, '郑勇', { coordinator: [C2] });
export const claimer = member(121, '李伟', { claimer: true });
export const secondClaimer = member(122, '张强', { claimer: true });
export const unitClaimer = member(123, '孙燕', { claimer: true, unit: '望江供电所' });
export const admin = member(131, '何平', { admin: true });
export const nobody = member(141, '林晓', {});
export const timer: Actor = { kind: 'timer', id: 'test', name: '', roles: NO_ROLES, gridCommunity: {} };
export const residentOf = (slipId: string): Actor => ({
  kind: 'resident',
  id: slipId,
  name: '居民',
  roles: NO_ROLES,
  gridCommunity: {},
});
