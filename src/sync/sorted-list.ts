export type SortValue = string | number;

/** One record's place in a list. */
export interface Entry {
  sort: SortValue;
  id: string;
}

/** By sort, then by id; strings by code units, as every device must agree. */
export function compareEntries(a: Entry, b: Entry): number {
  if (a.sort !== b.sort) return a.sort < b.sort ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** Below this many changes, moving the tail is cheaper than merging the whole list. */
const SPLICE_LIMIT = 16;

/** A list kept in order: changes are merged in, it is never sorted again as a whole. */
export class SortedList {
  private entries: Entry[];

  constructor(entries: Entry[] = []) {
    this.entries = entries.sort(compareEntries);
  }

  get length(): number {
    return this.entries.length;
  }

  at(index: number): Entry | undefined {
    return this.entries[index];
  }

  /** Index of the first entry that is not before this one. */
  lowerBound(entry: Entry): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareEntries(this.entries[middle]!, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes out entries that are in the list and puts in entries that are not. */
  change(removed: readonly Entry[], added: readonly Entry[]): void {
    if (removed.length + added.length <= SPLICE_LIMIT) {
      for (const entry of removed) {
        const index = this.lowerBound(entry);
        if (this.entries[index]?.id === entry.id) this.entries.splice(index, 1);
      }
      for (const entry of added) this.entries.splice(this.lowerBound(entry), 0, entry);
      return;
    }
    const gone = new Set(removed.map((entry) => entry.id));
    const kept = gone.size === 0 ? this.entries : this.entries.filter((entry) => !gone.has(entry.id));
    this.entries = merge(kept, [...added].sort(compareEntries));
  }
}

function merge(left: readonly Entry[], right: readonly Entry[]): Entry[] {
  const last = left[left.length - 1];
  if (right.length === 0 || last === undefined || compareEntries(last, right[0]!) < 0) return [...left, ...right];
  const merged: Entry[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    merged.push(compareEntries(left[l]!, right[r]!) <= 0 ? left[l++]! : right[r++]!);
  }
  while (l < left.length) merged.push(left[l++]!);
  while (r < right.length) merged.push(right[r++]!);
  return merged;
}
