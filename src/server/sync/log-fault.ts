import type { Logger } from 'pino';
import type { MutatorRegistry } from '../../domain/mutation/mutator-registry.ts';

/** Logs where a fault came from, never its message: that may hold what a person wrote. */
export function logFault(logger: Logger, what: string, error: unknown): void {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return logger.error({ fault: typeof cause }, what);
  const frames = (cause.stack ?? '')
    .replace(cause.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  logger.error({ fault: cause.name, code, at: frames.slice(0, 6).map((line) => line.trim()) }, what);
}

/** The name of a mutation for the log: a name that is not ours may be anything that someone sent. */
export const knownName = (mutators: MutatorRegistry, name: string): string =>
  mutators.has(name) ? name : 'of an unknown name';
