import { build } from 'vite';
import { buildSender } from './build-sender.ts';
import { compressFiles } from './compress-files.ts';

/** What the server serves: the built client, and its texts once more as they go over the wire. */
await build({ logLevel: 'warn' });
// After the list of what the worker puts by is written: a browser keeps this one beside the worker itself.
await buildSender('dist/client');
await compressFiles('dist/client');
