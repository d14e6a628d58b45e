import type { DatabaseSync } from 'node:sqlite';

/**
 * What is read in one turn of the event loop, and in no transaction, is read in one snapshot: to begin and end one for
 * each takes several times what SQLite takes to read a row. The first who reads begins it. It ends with the turn, or
 * before anything else is asked of the connection: nothing is ever written in it, and what was written is seen by the
 * next who reads.
 */
export class TurnSnapshot {
  readonly #db: DatabaseSync;
  #isOpen = false;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  begin(): void {
    if (this.#isOpen || this.#db.isTransaction) return;
    this.#db.exec('begin');
    this.#isOpen = true;
    setImmediate(() => this.#endOfTurn());
  }

  /** Nobody waits for it, and a fault here would end the process: whoever asks next meets it, and hears of it. */
  #endOfTurn(): void {
    try {
      this.end();
    } catch {
      if (this.#db.isTransaction) this.#db.exec('rollback');
    }
  }

  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.#db.isTransaction) this.#db.exec('commit');
  }
}
