import type { Transaction } from 'kysely';
import type { HomeKey } from '../../domain/mutation/homing.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import type { Database } from '../db/schema.ts';

/** Where records have gone, as one transaction sees it. Most spaces never lost one: that is asked once. */
export class RecordHomes {
  readonly #trx: Transaction<Database>;
  readonly #hasLost = new Map<SpaceId, boolean>();
  readonly #touched = new Set<SpaceId>();

  constructor(trx: Transaction<Database>) {
    this.#trx = trx;
  }

  /** Where the first of these stands that is no longer in the space; undefined where none has gone. */
  async find(from: SpaceId, keys: readonly HomeKey[]): Promise<SpaceId | undefined> {
    if (keys.length === 0 || !(await this.#lost(from))) return undefined;
    for (const { kind, id } of keys) {
      const row = await this.#trx
        .selectFrom('record_home')
        .select('to_space')
        .where('from_space', '=', from)
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst();
      if (row) return row.to_space;
    }
    return undefined;
  }

  /** Spaces whose rows were changed here: their locks are needed. */
  touched(): Iterable<SpaceId> {
    return this.#touched;
  }

  /** From now on what is late for this record in `from` is led to `to`, and so is what was led to `from` before. */
  async moved(from: SpaceId, { kind, id }: HomeKey, to: SpaceId): Promise<void> {
    await this.#trx
      .updateTable('record_home')
      .set({ to_space: to })
      .where('kind', '=', kind)
      .where('id', '=', id)
      .execute();
    await this.#trx
      .deleteFrom('record_home')
      .where('from_space', '=', to)
      .where('kind', '=', kind)
      .where('id', '=', id)
      .execute();
    await this.#trx
      .insertInto('record_home')
      .values({ from_space: from, kind, id, to_space: to })
      .onConflict((conflict) => conflict.columns(['from_space', 'kind', 'id']).doUpdateSet({ to_space: to }))
      .execute();
    this.#hasLost.set(from, true);
    this.#touched.add(from).add(to);
  }

  /** The same for a record that has not come yet, where something that leads to `from` says that it will. */
  async ledOn(from: SpaceId, { kind, id }: HomeKey, to: SpaceId): Promise<void> {
    const row = await this.#trx
      .selectFrom('record_home')
      .select('id')
      .where('kind', '=', kind)
      .where('id', '=', id)
      .where('to_space', '=', from)
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) await this.moved(from, { kind, id }, to);
  }

  async #lost(from: SpaceId): Promise<boolean> {
    const known = this.#hasLost.get(from);
    if (known !== undefined) return known;
    const row = await this.#trx
      .selectFrom('record_home')
      .select('id')
      .where('from_space', '=', from)
      .limit(1)
      .executeTakeFirst();
    this.#hasLost.set(from, row !== undefined);
    return row !== undefined;
  }
}
