import type { HomeKey } from '../../src/domain/mutation/homing.ts';

/** Where records have gone that no longer stand in the space of before: late mutations are led after them. [BM2] */
export class ModelHomes {
  private readonly gone = new Map<string, Map<string, string>>();

  /** Where the first of these stands that has left the space. */
  find(from: string, keys: readonly HomeKey[]): string | undefined {
    for (const key of keys) {
      const to = this.of(key).get(from);
      if (to !== undefined) return to;
    }
    return undefined;
  }

  /** What was led to `from` before is led to `to` as well. */
  moved(from: string, key: HomeKey, to: string): void {
    const of = this.of(key);
    for (const space of of.keys()) of.set(space, to);
    of.delete(to);
    of.set(from, to);
  }

  /** What has not come yet, and was led to `from`, is led on. */
  ledOn(from: string, key: HomeKey, to: string): void {
    if ([...this.of(key).values()].includes(from)) this.moved(from, key, to);
  }

  private of({ kind, id }: HomeKey): Map<string, string> {
    const name = `${kind} ${id}`;
    const of = this.gone.get(name) ?? new Map<string, string>();
    this.gone.set(name, of);
    return of;
  }
}
