import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const PAGE_FOLDER = at('../../dist/bench');

/** The page is built as the application is and apart from it: nothing of it ships. */
export async function buildPage(): Promise<void> {
  await build({
    configFile: false,
    root: at('./page'),
    logLevel: 'warn',
    build: { outDir: PAGE_FOLDER, emptyOutDir: true, target: ['chrome99', 'safari15.4'] },
  });
}
