import { build } from 'vite';

/**
 * The part of the worker that sends, as a classic script of its own: a worker may not import later, and with the
 * engine inside it every start of the application would begin with reading that.
 */
export const buildSender = (outDir: string): Promise<unknown> =>
  build({
    configFile: false,
    logLevel: 'warn',
    define: { __BUILT_AT__: JSON.stringify(new Date().toISOString()) },
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: ['chrome99', 'safari15.4'],
      lib: {
        entry: 'src/client/service-worker/send-waiting.ts',
        formats: ['iife'],
        name: 'sender',
        fileName: () => 'send-waiting.js',
      },
    },
  });
