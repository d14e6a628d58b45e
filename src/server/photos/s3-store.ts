import { S3mini } from 's3mini';
import { SHA } from '../../domain/photo/media-args.ts';
import type { PhotoStore } from './photo-store.ts';

export interface S3Address {
  /** The bucket's own address, as `https://s3.example.cn/doorstep`. */
  url: string;
  region: string;
  keyId: string;
  secret: string;
}

const PATIENCE_MS = 20_000;
const OFFICES = 'photos/offices/';
const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);

/** Any store that speaks S3. A put there is whole or not at all, and lasts when it is answered. */
export function s3Store({ url, region, keyId, secret }: S3Address): PhotoStore {
  const bucket = new S3mini({
    endpoint: url,
    region,
    accessKeyId: keyId,
    secretAccessKey: secret,
    requestAbortTimeout: PATIENCE_MS,
  });
  const keyOf = (sha: string) => `photos/${sha.slice(0, 2)}/${sha}`;
  return {
    async put(sha, bytes, type) {
      const { ok, body } = await bucket.putObject(keyOf(sha), Buffer.from(bytes), type);
      await body?.cancel();
      if (!ok) throw new Error('the photo store took nothing');
    },
    async get(sha) {
      const bytes = await bucket.getObjectArrayBuffer(keyOf(sha));
      return bytes && new Uint8Array(bytes);
    },
    async remove(sha) {
      await bucket.deleteObject(keyOf(sha));
    },
    async list(start) {
      const found = await bucket.listObjects('/', `photos/${start}/`);
      if (!found) throw new Error('the photo store has no such bucket');
      return found.flatMap(({ Key, Size, LastModified }) => {
        const sha = nameOf(Key);
        return SHA.test(sha) ? [{ sha, size: Number(Size), putAt: new Date(LastModified).getTime() }] : [];
      });
    },
    async mark(office) {
      const { ok, body } = await bucket.putObject(`${OFFICES}${office}`, '1', 'text/plain');
      await body?.cancel();
      const marks = ok ? await bucket.listObjects('/', OFFICES) : null;
      if (!marks) throw new Error('the photo store took nothing');
      return [...new Set([office, ...marks.map(({ Key }) => nameOf(Key))])];
    },
    // A put there is whole or not at all.
    sweep: () => Promise.resolve(),
  };
}
