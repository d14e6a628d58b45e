/** Where the ids of many rows are, in a run of numbers: a Map of a hundred thousand texts takes ten times the memory. */
export class IdTable {
  /** A place and one, 0 where nothing is; the next free slot where another id has its own. */
  private slots = new Uint32Array(1024);
  private used = 0;
  private readonly idAt: (place: number) => string;

  constructor(idAt: (place: number) => string) {
    this.idAt = idAt;
  }

  /** Ids that lie one behind the other from a place on. One that is here already has several places then. */
  add(from: number, ids: readonly string[]): void {
    if (this.used + ids.length > this.slots.length / 2) this.reserve((this.used + ids.length) * 2);
    for (let n = 0; n < ids.length; n++) this.put(ids[n]!, from + n);
    this.used += ids.length;
  }

  find(id: string, isWanted: (place: number) => boolean): number | undefined {
    const mask = this.slots.length - 1;
    for (let slot = hashOf(id) & mask; ; slot = (slot + 1) & mask) {
      const place = this.slots[slot]! - 1;
      if (place < 0) return undefined;
      if (isWanted(place) && this.idAt(place) === id) return place;
    }
  }

  private put(id: string, place: number): void {
    const mask = this.slots.length - 1;
    let slot = hashOf(id) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = place + 1;
  }

  /** Makes room for so many. Half of the slots stay free: the next free one is near. */
  reserve(count: number): void {
    if (count * 2 <= this.slots.length) return;
    const before = this.slots;
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(count * 2)));
    for (const held of before) if (held !== 0) this.put(this.idAt(held - 1), held - 1);
  }
}

/** The ends of ids made in one moment differ, their beginnings do not. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return hash >>> 0;
}
