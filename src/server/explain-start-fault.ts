import { ConfigError, type Config } from './config.ts';

/** A sentence for what the person at the console can put right; null for a fault of the program. */
export function explainStartFault(error: unknown, config: Config | null): string | null {
  if (error instanceof ConfigError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return `Port ${config?.port} is taken by another program. Stop that one, or set PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is "${config?.host}", which is not this machine.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return `The data folder ${config?.dataDir} or port ${config?.port} may not be used. Set DATA_DIR or PORT, or the rights.`;
  }
  if (code === 'ERR_SQLITE_ERROR') return `The database in ${config?.dataDir} cannot be opened: ${String(error)}.`;
  return null;
}
