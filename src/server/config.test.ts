import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('an empty environment gives a server for this machine alone', () => {
  expect(readConfig({})).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:8080',
    https: false,
    trustedProxy: null,
  });
});

test('the public address is kept as an origin, and https is known from it', () => {
  expect(readConfig({ PUBLIC_URL: 'https://doorstep.example.cn/' })).toMatchObject({
    publicUrl: 'https://doorstep.example.cn',
    https: true,
  });
});

test('networks and addresses of proxies are read', () => {
  const { trustedProxy } = readConfig({ TRUSTED_PROXY: '127.0.0.1, 10.0.0.0/8, ::1' });

  expect(trustedProxy?.check('10.1.2.3')).toBe(true);
  expect(trustedProxy?.check('::1', 'ipv6')).toBe(true);
  expect(trustedProxy?.check('192.168.0.1')).toBe(false);
});

test('photos go to a folder, or to the bucket that is named', () => {
  expect(readConfig({}).photoStore).toBeNull();
  const store = {
    PHOTO_STORE_KEY_ID: 'k',
    PHOTO_STORE_SECRET: 's',
    PHOTO_STORE_URL: 'https://s3.example.cn/doorstep/',
  };
  expect(readConfig(store).photoStore).toEqual({
    url: 'https://s3.example.cn/doorstep',
    region: 'auto',
    keyId: 'k',
    secret: 's',
  });
  expect(readConfig({ ...store, PHOTO_STORE_REGION: 'cn-east-1' }).photoStore?.region).toBe('cn-east-1');
});

test.each([
  [{ PORT: 'http' }, /^PORT is "http", but it must be a whole number/],
  [{ PORT: '70000' }, /^PORT /],
  [{ PORT: '80.5' }, /^PORT /],
  [{ HOST: 'not a host' }, /^HOST /],
  [{ PUBLIC_URL: 'doorstep.example.cn' }, /^PUBLIC_URL .* must be an address such as/],
  [{ PUBLIC_URL: 'ftp://doorstep.example.cn' }, /^PUBLIC_URL /],
  [{ PUBLIC_URL: 'http://doorstep.example.cn' }, /^PUBLIC_URL .* must begin with https/],
  [{ PUBLIC_URL: 'https://doorstep.example.cn/app' }, /^PUBLIC_URL .* an origin only/],
  [{ PHOTO_STORE_URL: 'bucket' }, /^PHOTO_STORE_URL must be the address of a bucket/],
  [{ PHOTO_STORE_URL: 'https://key:word@s3.example.cn/doorstep' }, /^PHOTO_STORE_URL must be/],
  [{ PHOTO_STORE_URL: 'https://s3.example.cn' }, /^PHOTO_STORE_URL .* names no bucket/],
  [{ PHOTO_STORE_URL: 'https://s3.example.cn/doorstep', PHOTO_STORE_KEY_ID: 'k' }, /PHOTO_STORE_SECRET must be set/],
  [{ PHOTO_STORE_SECRET: 'word' }, /PHOTO_STORE_URL is not/],
  [{ TRUSTED_PROXY: 'proxy.local' }, /^TRUSTED_PROXY holds "proxy.local"/],
  [{ TRUSTED_PROXY: '10.0.0.0/40' }, /^TRUSTED_PROXY /],
])('%o stops the start with a sentence', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(sentence);
  expect(() => readConfig(env)).toThrow(/\.$/);
});

test('an office in PostgreSQL is an address, and a schema where several share a database', () => {
  const read = (url: string) => readConfig({ DATABASE_URL: url }).postgres;

  expect(readConfig({}).postgres).toBeNull();
  expect(read('postgres://u:p@db:5432/doorstep?sslmode=require')).toEqual({
    url: 'postgres://u:p@db:5432/doorstep?sslmode=require',
    schema: 'public',
  });
  expect(read('postgresql://u@db/doorstep?schema=office_b')).toEqual({
    url: 'postgresql://u@db/doorstep',
    schema: 'office_b',
  });
});

test.each([
  ['mysql://u:secret@db/doorstep', 'must be an address'],
  ['postgres://u:secret@db', 'must be an address'],
  ['postgres://u:secret@db/doorstep?schema=Office"; drop', 'names the schema'],
])('a wrong address of a database stops the start with a sentence that does not show the password', (url, words) => {
  const read = () => readConfig({ DATABASE_URL: url });

  expect(read).toThrow(ConfigError);
  expect(read).toThrow(words);
  expect(read).not.toThrow('secret');
});
