import { build } from 'vite';
import { compressFiles } from './compress-files.ts';

/** What the server serves: the built client, and its texts once more as they go over the wire. */
await build({ logLevel: 'warn' });
await compressFiles('dist/client');
