import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isNoSuchFile } from '../files/no-such-file.ts';
import type { Encoding } from '../http/accepted-encoding.ts';

export interface StaticFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  etag: string;
  /** Its name holds a hash of its content: it never changes. */
  immutable: boolean;
  /** Compressed once, when first asked for; null where compressing does not pay. */
  encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> | null;
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

const TEXT = /\.(css|html|js|json|svg|txt|webmanifest)$/;

/** The built client in memory, by address. An empty folder, as before the first build, gives none. */
export async function loadStaticFiles(dir: string): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const path of await listFiles(dir)) {
    const name = `/${relative(dir, path).split(sep).join('/')}`;
    // Vite's manifest is the server's to read, not the world's.
    if (name.startsWith('/.')) continue;
    files.set(name, toStaticFile(name, Uint8Array.from(await readFile(path))));
  }
  return files;
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

function toStaticFile(name: string, bytes: Uint8Array<ArrayBuffer>): StaticFile {
  const known = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    bytes,
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    immutable: name.startsWith('/assets/'),
    encoded(encoding) {
      if (!TEXT.test(name) || bytes.length < 512) return null;
      const made = known.get(encoding) ?? compress(bytes, encoding);
      known.set(encoding, made);
      return made;
    },
  };
}

async function compress(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const encoded =
    encoding === 'br' ? await promisify(brotliCompress)(bytes, { params }) : await promisify(gzip)(bytes, { level: 9 });
  return Uint8Array.from(encoded);
}
