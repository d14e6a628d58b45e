import { ConfigError, type Config } from './config.ts';
import { DatabaseFault } from './db/database-fault.ts';
import { sqliteCode } from './db/sqlite-code.ts';
import { StorageDamage } from './db/storage-damage.ts';

/** A sentence for what the person at the console can put right; null for a fault of the program. */
export function explainStartFault(error: unknown, config: Config | null): string | null {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof StorageDamage) return explainDamage(error);
  if (error instanceof DatabaseFault && config?.postgres) return explainPostgres(codeOf(error.cause));
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return `Port ${config?.port} is taken by another program. Stop that one, or set PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is "${config?.host}", which is not this machine.`;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return noRoom(config);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return `The data folder ${config?.dataDir} or port ${config?.port} may not be used. Set DATA_DIR or PORT, or the rights.`;
  }
  if (code === 'ERR_SQLITE_ERROR') return explainSqlite(error, config);
  return null;
}

const noRoom = (config: Config | null): string =>
  `There is no room left on the disk of ${config?.dataDir}. Make room there, then start again: nothing is lost.`;

/** By SQLite's primary result code. */
function explainSqlite(error: unknown, config: Config | null): string {
  const where = config?.dataDir;
  const code = sqliteCode(error);
  switch (code) {
    case 5:
    case 6:
      return `Another program holds the database in ${where}. Is a server running there already? Stop that one first.`;
    case 8:
    case 14:
      return `The database in ${where} may not be written. Give this user the right to write the folder and the files in it, or take the disk out of its read-only state.`;
    case 13:
      return noRoom(config);
    case 10:
      return `The disk of ${where} does not take or give what is asked (SQLite ${code}). Is there room on it, and is it sound? Look at the system's log before you start again.`;
    default:
      return `The database in ${where} cannot be opened: ${String(error)}. Keep the folder as it is, and restore the last backup elsewhere.`;
  }
}

const RESTORE =
  'Nothing was started on it. Keep the folder as it is, and restore the last backup into another one (npm run restore -- FILE): phones bring what came after it.';

function explainDamage({ kind, file }: StorageDamage): string {
  const place = file ?? 'this PostgreSQL';
  switch (kind) {
    case 'notDatabase':
      return `${place} is no database. If DATA_DIR is right, it was overwritten. ${RESTORE}`;
    case 'damaged':
      return `${place} is damaged: its pages do not fit together. ${RESTORE}`;
    case 'empty':
      return `${place} has nothing in it. If this is the very first start, delete it and start again; else it was lost. ${RESTORE}`;
    case 'gone':
      return `${place} is missing, but photos or parts of a database are still there. Is DATA_DIR right, and its disk mounted? ${RESTORE}`;
    case 'foreign':
      return `${place} is a database of another program. Set DATA_DIR to a folder of Doorstep's own.`;
    case 'newer':
      return `${place} was written by a newer version of Doorstep. Start that version again, or restore a backup from before the change into an empty place.`;
  }
}

/** Never with the address: it holds a password. */
function explainPostgres(code: unknown): string {
  const sentence = POSTGRES[String(code)] ?? 'PostgreSQL does not answer. Is it running, and is the address right?';
  return `${sentence} (DATABASE_URL, ${String(code ?? 'no answer')})`;
}

const DAMAGED =
  'PostgreSQL says that its files are damaged. Nothing was started on them. Keep them as they are, look at its log and its disk, and restore the last backup into another database (npm run restore -- FILE): phones bring what came after it.';
const BAD_DISK =
  'The disk of PostgreSQL does not take or give what is asked. Look at its log and at the disk before you start again.';

const POSTGRES: Readonly<Record<string, string>> = {
  '28P01': 'PostgreSQL does not take the password.',
  '28000': 'PostgreSQL does not let this user in from here.',
  '3D000': 'There is no such database. Make it first: docs/operating.md says how.',
  '42501': 'This user may not make tables there. Let the user own the database or the schema.',
  '53300': 'PostgreSQL has no connection left. Raise max_connections, or run fewer processes.',
  '25006':
    'This PostgreSQL is read-only: it is a copy of another one, or was set so. Name the first in DATABASE_URL, or let it be written.',
  '53100': 'There is no room left on the disk of PostgreSQL. Make room there, then start again: nothing is lost.',
  '57P03': 'PostgreSQL is starting, stopping or recovering. Start again in a while; its log says how far it is.',
  '58030': BAD_DISK,
  '58P01': DAMAGED,
  XX001: DAMAGED,
  XX002: DAMAGED,
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);
