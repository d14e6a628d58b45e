import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { isNoSuchFile } from '../files/no-such-file.ts';
import type { Encoding } from '../http/accepted-encoding.ts';

export interface StaticFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  etag: string;
  /** Its name holds a hash of its content: it never changes. */
  immutable: boolean;
  /** As the build has compressed it; without an entry where compressing does not pay. */
  encoded: ReadonlyMap<Encoding, Uint8Array<ArrayBuffer>>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** What stands behind the name of a file for its compressed twin. */
const ENDINGS: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/** The built client in memory, by address. An empty folder, as before the first build, gives none. */
export async function loadStaticFiles(dir: string): Promise<Map<string, StaticFile>> {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const path of await listFiles(dir)) {
    const name = `/${relative(dir, path).split(sep).join('/')}`;
    // Vite's manifest is the server's to read, not the world's.
    if (!name.startsWith('/.')) contents.set(name, Uint8Array.from(await readFile(path)));
  }
  const twins = Object.values(ENDINGS);
  const names = [...contents.keys()].filter((name) => !twins.includes(extname(name)));
  return new Map(names.map((name) => [name, toStaticFile(name, contents)]));
}

async function listFiles(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isNoSuchFile(error)) return [];
    throw error;
  }
}

function toStaticFile(name: string, contents: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): StaticFile {
  const bytes = contents.get(name)!;
  const encoded = new Map<Encoding, Uint8Array<ArrayBuffer>>();
  for (const encoding of ['br', 'gzip'] as const) {
    const twin = contents.get(name + ENDINGS[encoding]);
    if (twin) encoded.set(encoding, twin);
  }
  return {
    bytes,
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    immutable: name.startsWith('/assets/'),
    encoded,
  };
}
