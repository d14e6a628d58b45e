import { PostgresDialect, PostgresDriver, type DatabaseConnection, type PostgresDialectConfig } from 'kysely';
import { asDatabaseFault } from './database-fault.ts';

/**
 * Kysely's dialect with one change: whatever a connection throws is marked as the database's. A lost line or a full
 * pool carries no code of its own, and must never be taken for a fault of the mutation that met it.
 */
export class MarkingPostgresDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): PostgresDriver {
    return new MarkingPostgresDriver(this.#config);
  }
}

class MarkingPostgresDriver extends PostgresDriver {
  readonly #marked = new WeakSet<DatabaseConnection>();

  override async acquireConnection(
    ...options: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    const connection = await asDatabaseFault(super.acquireConnection(...options));
    if (this.#marked.has(connection)) return connection;
    this.#marked.add(connection);
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = (...query) => asDatabaseFault(execute(...query));
    return connection;
  }
}
