import { NO_ROLES, type Actor } from '../../src/domain/actor/actor.ts';
import type { WriteTx } from '../../src/domain/mutation/mutator.ts';
import type { Change, Effect, ReactionTx } from '../../src/domain/mutation/reaction.ts';
import type { AnyRecord, Kind } from '../../src/domain/record/record.ts';
import type { RecordData } from '../../src/domain/record/record-data.ts';
import { memberSpace, ownerOf } from '../../src/domain/space/space.ts';
import type { ServerRow } from './server-world.ts';

type Data = AnyRecord['data'];

export const key = (space: string, kind: string, id: string): string => `${space}\n${kind}\n${id}`;

/** All that stands on the server, as a map. */
export class ModelRecords extends Map<string, Data> {
  static of(start: readonly ServerRow[]): ModelRecords {
    return new ModelRecords(start.map(({ space, kind, id, data }) => [key(space, kind, id), data as Data]));
  }

  /** Runs a mutator over the space that it writes, and answers what it would change. Nothing is changed yet. */
  draft(space: string, run: (tx: WriteTx) => void): Change[] {
    const written = new Map<string, Change>();
    const write = (kind: Kind, id: string, after: Data | undefined): void => {
      const name = key(space, kind, id);
      written.set(name, { space, kind, id, before: this.get(name), after });
    };
    run({
      get: <K extends Kind>(from: string, kind: K, id: string) => {
        const name = key(from, kind, id);
        const found = written.has(name) ? written.get(name)?.after : this.get(name);
        return found as RecordData[K] | undefined;
      },
      put: write,
      remove: (kind, id) => {
        write(kind, id, undefined);
      },
    });
    return [...written.values()];
  }

  reading(): ReactionTx {
    return {
      get: <K extends Kind>(space: string, kind: K, id: string) =>
        this.get(key(space, kind, id)) as RecordData[K] | undefined,
      list: (space) =>
        [...this].flatMap(([name, data]) => {
          const [where, kind, id] = name.split('\n') as [string, Kind, string];
          return where === space ? [{ space, kind, id, ver: 0, deleted: false, data } as AnyRecord] : [];
        }),
    };
  }

  write({ space, kind, id, data }: Pick<Effect, 'space' | 'kind' | 'id'> & { data: Data | undefined }): void {
    if (data === undefined) this.delete(key(space, kind, id));
    // As the database would give it back: without what JSON leaves out.
    else this.set(key(space, kind, id), JSON.parse(JSON.stringify(data)) as Data);
  }

  /** Somebody with the rights that they have been given so far. */
  actorOf(id: string): Actor {
    const account = this.get(key(memberSpace(id), 'member', id)) as RecordData['member'] | undefined;
    const gridCommunity: Record<string, string> = {};
    for (const name of this.keys()) {
      const [space, kind, grid] = name.split('\n') as [string, Kind, string];
      if (kind === 'grid') gridCommunity[grid] = ownerOf(space);
    }
    return { kind: 'member', id, name: account?.name ?? '', roles: account?.roles ?? NO_ROLES, gridCommunity };
  }

  /** Another slip carries the code of one of these. */
  hasSlipCode(changes: readonly Change[]): boolean {
    const made = changes.filter(({ kind, after }) => kind === 'slip' && after !== undefined);
    const own = new Set(made.map(({ space, kind, id }) => key(space, kind, id)));
    const codes = new Set(made.map(({ after }) => (after as RecordData['slip']).code));
    if (codes.size === 0) return false;
    return [...this].some(
      ([name, data]) =>
        name.split('\n')[1] === 'slip' && !own.has(name) && codes.has((data as RecordData['slip']).code),
    );
  }
}
