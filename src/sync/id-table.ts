/** Where the ids of many rows are, in a run of numbers: a Map of a hundred thousand texts takes ten times the memory. */
export class IdTable {
  /** A place and one, 0 where nothing is; the next free slot where another id has its own. */
  private slots = new Uint32Array(1024);
  private used = 0;
  private readonly hashAt: (place: number) => number;

  constructor(hashAt: (place: number) => number) {
    this.hashAt = hashAt;
  }

  /** The hashes of ids that lie one behind the other from a place on. One that is here already has several places then. */
  add(from: number, hashes: Uint32Array): void {
    if (this.used + hashes.length > this.slots.length / 2) this.reserve((this.used + hashes.length) * 2);
    for (let n = 0; n < hashes.length; n++) this.put(hashes[n]!, from + n);
    this.used += hashes.length;
  }

  find(hash: number, isIt: (place: number) => boolean): number | undefined {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = this.slots[slot]! - 1;
      if (place < 0) return undefined;
      if (isIt(place)) return place;
    }
  }

  private put(hash: number, place: number): void {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = place + 1;
  }

  /** Makes room for so many. Half of the slots stay free: the next free one is near. */
  reserve(count: number): void {
    if (count * 2 <= this.slots.length) return;
    const before = this.slots;
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(count * 2)));
    for (const held of before) if (held !== 0) this.put(this.hashAt(held - 1), held - 1);
  }
}
