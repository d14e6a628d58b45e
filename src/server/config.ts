import { BlockList, isIP, isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import type { S3Address } from './photos/s3-store.ts';
import type { PostgresAddress } from './db/postgres-address.ts';

/** Everything that the surroundings decide, read once at the start. */
export interface Config {
  port: number;
  host: string;
  /** Absolute; holds the database, the photos, and photos on their way. */
  dataDir: string;
  /** Who shows it may read /metrics from anywhere; null: only from this machine. */
  metricsToken: string | null;
  /** Null: SQLite in the data folder. */
  postgres: PostgresAddress | null;
  /** Null: a folder in the data folder. */
  photoStore: S3Address | null;
  /** The origin that people type, without a slash at the end. */
  publicUrl: string;
  /** True where people come over https: cookies are Secure then, and HSTS is sent. */
  https: boolean;
  /** Addresses whose X-Forwarded-For is believed; null: nobody's. */
  trustedProxy: BlockList | null;
}

/** Stops the start; the message is a whole sentence for the person at the console. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOCAL_HOSTS: readonly string[] = ['localhost', '127.0.0.1'];

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const port = readPort(env.PORT || '8080');
  const publicUrl = readPublicUrl(env.PUBLIC_URL || `http://localhost:${port}`);
  return {
    port,
    host: readHost(env.HOST || '127.0.0.1'),
    dataDir: resolve(env.DATA_DIR || 'data'),
    postgres: env.DATABASE_URL ? readDatabaseUrl(env.DATABASE_URL) : null,
    photoStore: readPhotoStore(env),
    metricsToken: readMetricsToken(env.METRICS_TOKEN || ''),
    publicUrl: publicUrl.origin,
    https: publicUrl.protocol === 'https:',
    trustedProxy: readTrustedProxy(env.TRUSTED_PROXY || ''),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) {
    throw new ConfigError(`PORT is "${text}", but it must be a whole number from 0 to 65535.`);
  }
  return port;
}

function readHost(text: string): string {
  if (isIP(text) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) return text;
  throw new ConfigError(`HOST is "${text}", but it must be an address or a host name to listen on, such as 127.0.0.1.`);
}

/** Its sentences never show the value: it holds a password. */
function readDatabaseUrl(text: string): PostgresAddress {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') || url.pathname.length < 2) {
    throw new ConfigError(
      'DATABASE_URL must be an address such as postgres://user:password@127.0.0.1:5432/doorstep, or be left out for SQLite.',
    );
  }
  const schema = url.searchParams.get('schema') ?? 'public';
  if (!/^[a-z_][a-z0-9_]{0,49}$/.test(schema)) {
    throw new ConfigError(
      `DATABASE_URL names the schema "${schema}", but it must be small letters, digits and _, at most 50 of them.`,
    );
  }
  url.searchParams.delete('schema');
  return { url: url.href, schema };
}

/** Its sentences show the address alone, never what opens it. */
function readPhotoStore(env: Readonly<Record<string, string | undefined>>): S3Address | null {
  const { PHOTO_STORE_URL: text, PHOTO_STORE_KEY_ID: keyId, PHOTO_STORE_SECRET: secret } = env;
  if (!text) {
    if (!keyId && !secret) return null;
    throw new ConfigError(
      'PHOTO_STORE_KEY_ID or PHOTO_STORE_SECRET is set, but PHOTO_STORE_URL is not: set it, or none.',
    );
  }
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.search || url.hash) {
    throw new ConfigError(
      'PHOTO_STORE_URL must be the address of a bucket, such as https://s3.example.cn/doorstep, or be left out for a folder.',
    );
  }
  if (url.pathname === '/') {
    throw new ConfigError(
      `PHOTO_STORE_URL is "${url.href}", but it names no bucket: it must be such as https://s3.example.cn/doorstep.`,
    );
  }
  if (!keyId || !secret) {
    throw new ConfigError('PHOTO_STORE_URL is set, so PHOTO_STORE_KEY_ID and PHOTO_STORE_SECRET must be set as well.');
  }
  return { url: url.href.replace(/\/$/, ''), region: env.PHOTO_STORE_REGION || 'auto', keyId, secret };
}

/** Its sentence never shows the value: it is a key. */
function readMetricsToken(text: string): string | null {
  if (text === '' || /^[\w.~+/=-]{16,}$/.test(text)) return text || null;
  throw new ConfigError('METRICS_TOKEN must be at least 16 letters, digits or one of -._~+/=, or be left out.');
}

function readPublicUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ConfigError(`PUBLIC_URL is "${text}", but it must be an address such as https://doorstep.example.cn.`);
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new ConfigError(`PUBLIC_URL is "${text}", but it must be an origin only, with nothing behind the host name.`);
  }
  if (url.protocol === 'http:' && !LOCAL_HOSTS.includes(url.hostname)) {
    throw new ConfigError(
      `PUBLIC_URL is "${text}", but it must begin with https:// except on localhost: phones work offline over https only.`,
    );
  }
  return url;
}

function readTrustedProxy(text: string): BlockList | null {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.every((entry) => entry === '')) return null;
  const list = new BlockList();
  for (const entry of entries) addTrusted(list, entry);
  return list;
}

function addTrusted(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/');
  const bits = Number(prefix ?? (isIPv4(address) ? 32 : 128));
  if (!isIP(address) || !Number.isInteger(bits) || bits < 0 || bits > (isIPv4(address) ? 32 : 128)) {
    throw new ConfigError(
      `TRUSTED_PROXY holds "${entry}", but it must be addresses or networks apart by commas, such as 127.0.0.1,10.0.0.0/8.`,
    );
  }
  list.addSubnet(address, bits, isIPv4(address) ? 'ipv4' : 'ipv6');
}
