import { readFileSync } from 'node:fs';
import { isNoSuchFile } from '../files/no-such-file.ts';

/** Where Vite put the resident page's script and styles; empty lists leave a page that still reads well. */
export interface ResidentAssets {
  scripts: string[];
  styles: string[];
}

interface ManifestChunk {
  file: string;
  css?: string[];
  imports?: string[];
}

const ENTRY = 'src/client/resident/resident.ts';

export function readResidentAssets(clientDir: string): ResidentAssets {
  let manifest: Record<string, ManifestChunk>;
  try {
    manifest = JSON.parse(readFileSync(`${clientDir}/.vite/manifest.json`, 'utf8')) as Record<string, ManifestChunk>;
  } catch (error) {
    // Not built yet: the page works without script and style.
    if (isNoSuchFile(error)) return { scripts: [], styles: [] };
    throw error;
  }
  const entry = manifest[ENTRY];
  if (entry === undefined) return { scripts: [], styles: [] };
  const shared = (entry.imports ?? []).map((name) => manifest[name]);
  const styles = [entry, ...shared].flatMap((chunk) => chunk?.css ?? []);
  return { scripts: [`/${entry.file}`], styles: styles.map((file) => `/${file}`) };
}
