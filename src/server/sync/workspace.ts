import type { WriteTx } from '../../domain/mutation/mutator.ts';
import type { Change, Effect, ReactionTx } from '../../domain/mutation/reaction.ts';
import type { AnyRecord, Kind } from '../../domain/record/record.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import { askDatabase } from '../db/database-fault.ts';
import type { Answer } from '../db/prepared-query.ts';

type Data = AnyRecord['data'];

export interface RecordKey {
  space: SpaceId;
  kind: Kind;
  id: string;
}

/** A row as the database holds it; `data` undefined where it is deleted or was never there. */
export interface StoredRecord {
  /** 0 where there is no row. */
  ver: number;
  data: Data | undefined;
  /** The stored text of `data`. */
  text: string | null;
}

type LoadedRecord = RecordKey & { stored: StoredRecord };

/** Reads from the database. */
export interface Loader {
  record(key: RecordKey): Answer<StoredRecord>;
  /** All live records of a space. */
  space(space: SpaceId): Answer<LoadedRecord[]>;
}

export interface Write extends RecordKey {
  stored: StoredRecord;
  data: Data | undefined;
}

/** With the text of `data`, made once for all who need it. */
export interface TextWrite extends Write {
  text: string | null;
}

/**
 * Domain code reads synchronously; what the database does not answer at once is waited for, and the code run again: it
 * is pure. Thrown with every read that is the first of its kind, so this is no error, which notes where it came from
 * at some cost.
 */
class NotHereYet {
  readonly coming: Promise<unknown>;

  constructor(coming: Promise<unknown>) {
    this.coming = coming;
  }
}

/** No honest mutation reads more; a loop that never ends must not hold the lock. */
const MAX_READS = 2000;

function here<T>(answer: Answer<T>): T {
  if (answer instanceof Promise) throw new NotHereYet(answer);
  return answer;
}

const nameOf = ({ space, kind, id }: RecordKey): string => `${space}\n${kind}\n${id}`;

/**
 * What one transaction has read and written so far, in memory: mutations of a batch see each other's effects,
 * a refused one leaves nothing, and each changed row is written once at the end.
 *
 *     stored (as loaded)  ←  settled (mutations that hold)  ←  draft (the one that runs)
 */
export class Workspace {
  readonly #load: Loader;
  /** Spaces that were read whole, with what they held. */
  readonly #spaces = new Map<SpaceId, readonly RecordKey[]>();
  readonly #stored = new Map<string, StoredRecord>();
  readonly #settled = new Map<string, Write>();
  #draft = new Map<string, Write>();
  #readsLeft = MAX_READS;

  constructor(load: Loader) {
    this.#load = load;
  }

  /** Runs a mutator over the space it writes; keeps its writes as the draft, or none of them where it throws. */
  async write(space: SpaceId, run: (tx: WriteTx) => void): Promise<Change[]> {
    await this.#withRecords(() => {
      this.#draft = new Map();
      try {
        run(this.#writeTx(space));
      } catch (error) {
        this.#draft = new Map();
        throw error;
      }
    });
    return [...this.#draft.values()].map((write) => ({
      space: write.space,
      kind: write.kind,
      id: write.id,
      before: this.#beforeDraft(write),
      after: write.data,
    }));
  }

  /** Runs a reaction, which sees the draft. */
  read<T>(run: (tx: ReactionTx) => T): Answer<T> {
    const tx: ReactionTx = {
      get: (space, kind, id) => this.#get(space, kind, id),
      list: (space) => this.#list(space),
    };
    return this.#withRecords(() => run(tx));
  }

  /** Adds what a reaction asks for to the draft. */
  async effect(effect: Effect): Promise<void> {
    this.#readsLeft = MAX_READS;
    const stored = await this.#fetch(effect);
    this.#draft.set(nameOf(effect), {
      space: effect.space,
      kind: effect.kind,
      id: effect.id,
      stored,
      data: effect.data,
    });
  }

  /** The draft holds from here on. */
  settle(): void {
    for (const [name, write] of this.#draft) this.#settled.set(name, write);
    this.#draft = new Map();
  }

  discard(): void {
    this.#draft = new Map();
  }

  /** What holds so far and is not stored yet. */
  settled(): Iterable<Write> {
    return this.#settled.values();
  }

  /** Spaces that were looked through whole: what is not there counts, so their locks are needed too. */
  lookedThrough(): Iterable<SpaceId> {
    return this.#spaces.keys();
  }

  /** What the database has to be told, without writes that change nothing. */
  writes(): TextWrite[] {
    return [...this.#settled.values()]
      .map((write) => ({ ...write, text: write.data === undefined ? null : JSON.stringify(write.data) }))
      .filter(({ text, stored }) => text !== stored.text);
  }

  #withRecords<T>(run: () => T): Answer<T> {
    this.#readsLeft = MAX_READS;
    return this.#tryWith(run);
  }

  #tryWith<T>(run: () => T): Answer<T> {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof NotHereYet)) throw error;
      return error.coming.then(() => this.#tryWith(run));
    }
  }

  #fetch(key: RecordKey, name = nameOf(key)): Answer<StoredRecord> {
    const known = this.#stored.get(name);
    if (known) return known;
    return this.#ask(
      () => this.#load.record(key),
      (stored) => {
        this.#stored.set(name, stored);
        return stored;
      },
    );
  }

  #fetchSpace(space: SpaceId): Answer<readonly RecordKey[]> {
    const known = this.#spaces.get(space);
    if (known) return known;
    return this.#ask(
      () => this.#load.space(space),
      (loaded) => {
        for (const { stored, ...key } of loaded) this.#stored.set(nameOf(key), stored);
        this.#spaces.set(space, loaded);
        return loaded;
      },
    );
  }

  #ask<T, Kept>(query: () => Answer<T>, keep: (answer: T) => Kept): Answer<Kept> {
    this.#readsLeft -= 1;
    if (this.#readsLeft < 0) throw new Error('a mutation reads without end');
    const answer = askDatabase(query);
    return answer instanceof Promise ? answer.then(keep) : keep(answer);
  }

  #storedOf(key: RecordKey, name = nameOf(key)): StoredRecord {
    return here(this.#fetch(key, name));
  }

  #beforeDraft(key: RecordKey, name = nameOf(key)): Data | undefined {
    const settled = this.#settled.get(name);
    return settled ? settled.data : this.#storedOf(key, name).data;
  }

  #get<K extends Kind>(space: SpaceId, kind: K, id: string): RecordData[K] | undefined {
    const key = { space, kind, id };
    const name = nameOf(key);
    const draft = this.#draft.get(name);
    return (draft ? draft.data : this.#beforeDraft(key, name)) as RecordData[K] | undefined;
  }

  #list(space: SpaceId): AnyRecord[] {
    const keys = here(this.#fetchSpace(space));
    const written = [...this.#settled.values(), ...this.#draft.values()].filter((write) => write.space === space);
    const byName = new Map([...keys, ...written].map((key) => [nameOf(key), key]));
    return [...byName.values()].flatMap((key) => {
      const data = this.#get(space, key.kind, key.id);
      if (data === undefined) return [];
      return [{ space, kind: key.kind, id: key.id, ver: this.#storedOf(key).ver, deleted: false, data } as AnyRecord];
    });
  }

  #writeTx(space: SpaceId): WriteTx {
    const write = (kind: Kind, id: string, data: Data | undefined) => {
      const key = { space, kind, id };
      const name = nameOf(key);
      this.#draft.set(name, { ...key, stored: this.#storedOf(key, name), data });
    };
    return {
      get: (from, kind, id) => this.#get(from, kind, id),
      put: write,
      remove: (kind, id) => {
        write(kind, id, undefined);
      },
    };
  }
}
