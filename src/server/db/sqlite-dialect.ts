import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type LimitNode,
  type TransactionSettings,
} from 'kysely';
import type { NodeSqlite } from './node-sqlite.ts';

/**
 * Kysely's dialect with two changes: a transaction that may write takes the write lock at its beginning,
 * so that it cannot fail half-way because another process wrote meanwhile; and a limit is cast.
 * The driver has one connection: transactions of one process run one after another.
 */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: NodeSqlite;

  constructor(database: NodeSqlite) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver({ database: this.#database });
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new CastLimitCompiler();
  }

  override createAdapter(): OneConnectionAdapter {
    return new OneConnectionAdapter(this.#database);
  }
}

/** Says which connection is behind a Kysely: a prepared query asks it at once. */
export class OneConnectionAdapter extends SqliteAdapter {
  readonly connection: NodeSqlite;

  constructor(connection: NodeSqlite) {
    super();
    this.connection = connection;
  }

  /** Migrations are made whole or not at all: a process that is killed among them must find one state or the other. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** SQLite plans by the value of a bare `limit ?`, and so compiles the statement anew at each call: 10 µs, and 1 with the cast. */
class CastLimitCompiler extends SqliteQueryCompiler {
  protected override visitLimit({ limit }: LimitNode): void {
    this.append('limit cast(');
    this.visitNode(limit);
    this.append(' as integer)');
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  /**
   * A disk that is full makes SQLite roll back by itself. To ask it again is an error, which would hide why it did: the
   * one that says so is thrown already.
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
    }
  }
}
