import type { WriteTx } from '../domain/mutation/mutator.ts';
import type { Kind } from '../domain/record/record.ts';
import type { RecordData } from '../domain/record/record-data.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { ViewRecord } from './engine-api.ts';

export type ReadRecord = (space: SpaceId, kind: Kind, id: string) => ViewRecord | undefined;

/** One mutation's writes, held apart until it has gone through, and whether it asked for what is not here. */
export class DraftTx implements WriteTx {
  /** True once something was asked for that this phone does not have: then nothing is certain. */
  missed = false;
  private readonly space: SpaceId;
  private readonly read: ReadRecord;
  private readonly staged = new Map<string, { kind: Kind; id: string; record: ViewRecord | undefined }>();

  constructor(space: SpaceId, read: ReadRecord) {
    this.space = space;
    this.read = read;
  }

  get<K extends Kind>(space: SpaceId, kind: K, id: string): RecordData[K] | undefined {
    const staged = space === this.space ? this.staged.get(`${kind} ${id}`) : undefined;
    if (staged !== undefined) return staged.record?.data as RecordData[K] | undefined;
    const found = this.read(space, kind, id);
    if (found === undefined) this.missed = true;
    return found?.data as RecordData[K] | undefined;
  }

  put<K extends Kind>(kind: K, id: string, data: RecordData[K]): void {
    const ver = this.read(this.space, kind, id)?.ver ?? 0;
    const record: ViewRecord = { space: this.space, kind, id, ver, deleted: false, data, pending: true };
    this.staged.set(`${kind} ${id}`, { kind, id, record });
  }

  remove(kind: Kind, id: string): void {
    this.staged.set(`${kind} ${id}`, { kind, id, record: undefined });
  }

  writes(): Iterable<{ kind: Kind; id: string; record: ViewRecord | undefined }> {
    return this.staged.values();
  }
}
