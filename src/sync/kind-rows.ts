import type { IndexDefinition, KindIndexes } from '../domain/record/index-definition.ts';
import type { ViewRecord } from './engine-api.ts';
import { hashOfId } from './row-ids.ts';
import { SortedList } from './sorted-list.ts';
import type { Entry } from './sorted-list.ts';

/** A record, or what one can be made of. */
export interface Kept {
  readonly id: string;
  readonly view: ViewRecord;
}

interface Change {
  before: Kept | undefined;
  after: Kept | undefined;
}

/** The lists of one index: one for each key, and one of all once it was asked for. */
class IndexLists {
  private readonly definition: IndexDefinition;
  private readonly byKey: Map<string, SortedList>;
  private every: SortedList | null = null;

  constructor(definition: IndexDefinition, records: Iterable<Kept>) {
    this.definition = definition;
    const groups = new Map<string, Entry[]>();
    for (const record of records) {
      const key = this.key(record);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [this.entry(record)]);
      else group.push(this.entry(record));
    }
    this.byKey = new Map([...groups].map(([key, entries]) => [key, new SortedList(entries)]));
  }

  entry(record: Kept): Entry {
    return { sort: this.definition.sort(record.view.data, record.id), id: record.id };
  }

  key(record: Kept): string {
    return this.definition.key(record.view.data, record.id);
  }

  list(key: string | undefined, records: ReadonlyMap<string, Kept>): SortedList {
    if (key !== undefined) return this.byKey.get(key) ?? new SortedList();
    this.every ??= new SortedList([...records.values()].map((record) => this.entry(record)));
    return this.every;
  }

  change(changes: readonly Change[]): void {
    const removed = new Map<string, Entry[]>();
    const added = new Map<string, Entry[]>();
    for (const { before, after } of changes) {
      if (before !== undefined) push(removed, this.key(before), this.entry(before));
      if (after !== undefined) push(added, this.key(after), this.entry(after));
    }
    for (const key of new Set([...removed.keys(), ...added.keys()])) {
      const list = this.byKey.get(key) ?? new SortedList();
      list.change(removed.get(key) ?? [], added.get(key) ?? []);
      if (list.length === 0) this.byKey.delete(key);
      else this.byKey.set(key, list);
    }
    this.every?.change([...removed.values()].flat(), [...added.values()].flat());
  }
}

function push(groups: Map<string, Entry[]>, key: string, entry: Entry): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [entry]);
  else group.push(entry);
}

/** Records of one kind in one space, with their indexes: made when first asked for, then kept. */
export class KindRows<T extends Kept> {
  readonly records = new Map<string, T>();
  private readonly definitions: KindIndexes | undefined;
  private readonly indexes = new Map<string, IndexLists>();
  /** Of every id that is or was here, once somebody asked. */
  private hashes: Set<number> | null = null;

  constructor(definitions: KindIndexes | undefined) {
    this.definitions = definitions;
  }

  /** Puts each record, or takes out the id where there is none, as one step. */
  change(next: ReadonlyMap<string, T | undefined>): void {
    const changes: Change[] = [];
    for (const [id, after] of next) {
      const before = this.records.get(id);
      if (before === undefined && after === undefined) continue;
      changes.push({ before, after });
      if (after === undefined) this.records.delete(id);
      else this.records.set(id, after);
      this.hashes?.add(hashOfId(id));
    }
    for (const index of this.indexes.values()) index.change(changes);
  }

  /** False where no id here has this hash: then it needs no text to be looked for. */
  mayHave(hash: number): boolean {
    this.hashes ??= new Set([...this.records.keys()].map(hashOfId));
    return this.hashes.has(hash);
  }

  index(name: string): IndexLists {
    const built = this.indexes.get(name);
    if (built !== undefined) return built;
    const definition = this.definitions?.[name];
    if (definition === undefined) throw new Error(`no index ${name}`);
    const lists = new IndexLists(definition, this.records.values());
    this.indexes.set(name, lists);
    return lists;
  }

  list(name: string, key: string | undefined): SortedList {
    return this.index(name).list(key, this.records);
  }
}
