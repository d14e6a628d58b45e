import process from 'node:process';
import { pino } from 'pino';
import { createApp } from '../../src/server/app.ts';
import { readConfig } from '../../src/server/config.ts';
import { createDependencies } from '../../src/server/create-dependencies.ts';
import { listen } from '../../src/server/listen.ts';
import { openStorage } from '../../src/server/open-storage.ts';
import { sampleRules } from './sample-rules.ts';

/** A program: the real server with the sample rules, whose effects are easy to count. Says its port when it listens. */
const config = readConfig(process.env);
const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
const { db, pokes } = await openStorage(config, logger);
const deps = createDependencies(db, config, logger, new AbortController().signal, pokes);
const { port } = await listen(createApp({ ...deps, rules: sampleRules }), 0, '127.0.0.1');
console.log(`listening on ${port}`);
