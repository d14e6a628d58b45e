import { pino, type Logger } from 'pino';

/**
 * Lines of JSON on the console. ERROR: a developer should look. WARN: an operator should look. INFO: one line a request.
 * What is written about a person is nothing: no name, no address of a page with a code in it, no body.
 */
export const createLogger = (level: 'silent' | 'info' = 'info'): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
