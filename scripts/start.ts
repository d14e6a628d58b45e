import { ensureBuild } from './ensure-build.ts';

ensureBuild();
await import('../src/server/main.ts');
