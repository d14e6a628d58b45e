import { ConfigError, type Config } from './config.ts';
import { DatabaseFault } from './db/database-fault.ts';

/** A sentence for what the person at the console can put right; null for a fault of the program. */
export function explainStartFault(error: unknown, config: Config | null): string | null {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DatabaseFault && config?.postgres) return explainPostgres(codeOf(error.cause));
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return `Port ${config?.port} is taken by another program. Stop that one, or set PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is "${config?.host}", which is not this machine.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return `The data folder ${config?.dataDir} or port ${config?.port} may not be used. Set DATA_DIR or PORT, or the rights.`;
  }
  if (code === 'ERR_SQLITE_ERROR') return `The database in ${config?.dataDir} cannot be opened: ${String(error)}.`;
  return null;
}

/** Never with the address: it holds a password. */
function explainPostgres(code: unknown): string {
  const sentence = POSTGRES[String(code)] ?? 'PostgreSQL does not answer. Is it running, and is the address right?';
  return `${sentence} (DATABASE_URL, ${String(code ?? 'no answer')})`;
}

const POSTGRES: Readonly<Record<string, string>> = {
  '28P01': 'PostgreSQL does not take the password.',
  '28000': 'PostgreSQL does not let this user in from here.',
  '3D000': 'There is no such database. Make it first: docs/operating.md says how.',
  '42501': 'This user may not make tables there. Let the user own the database or the schema.',
  '53300': 'PostgreSQL has no connection left. Raise max_connections, or run fewer processes.',
  '25006': 'This PostgreSQL is read-only: it is a copy of another one. Name the first in DATABASE_URL.',
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);
