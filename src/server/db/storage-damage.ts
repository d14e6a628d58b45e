/**
 * What keeps a database from being used as it is:
 *
 *     notDatabase  its file is no database
 *     damaged      its pages do not fit together
 *     empty        its file has nothing in it, though it was not made just now
 *     gone         its file is missing where photos or parts of it still lie
 *     foreign      it has tables, and they are not ours
 *     newer        a later version of the program has been at work on it
 */
export type DamageKind = 'notDatabase' | 'damaged' | 'empty' | 'gone' | 'foreign' | 'newer';

/** Nothing is started, copied or restored over it. */
export class StorageDamage extends Error {
  override readonly name = 'StorageDamage';
  readonly kind: DamageKind;
  /** The file; null for PostgreSQL, whose address holds a password. */
  readonly file: string | null;

  constructor(kind: DamageKind, file: string | null) {
    super(kind);
    this.kind = kind;
    this.file = file;
  }
}
