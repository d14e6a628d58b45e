import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { Endpoint } from '../../src/server/openapi/endpoint.ts';
import { endpoints } from '../../src/server/openapi/endpoints.ts';
import { EAST } from '../support/account-world.ts';
import { idOf } from '../support/factories.ts';
import { dumpDatabase } from './support/dump-database.ts';
import { propertyWorld, syncOf, type Caller, type PropertyWorld } from './support/property-world.ts';
import { nameOf, samplesOf, send, type Sample } from './support/samples.ts';

const CALLERS: readonly Caller[] = ['nobody', 'admin', 'desk', 'volunteer', 'claimer', 'west', 'closed'];

let world: PropertyWorld;
let samples: Record<string, Sample>;
beforeAll(async () => {
  world = await propertyWorld();
  samples = samplesOf(world);
}, 60_000);
afterAll(() => world.deps.close());

const table = endpoints.map((endpoint) => [nameOf(endpoint), endpoint] as const);

function outsidersOf(name: string): { sample: Sample; outsiders: Caller[] } {
  const sample = samples[name];
  if (!sample) throw new Error(`no sample for ${name}`);
  return { sample, outsiders: CALLERS.filter((one) => one !== sample.as && !sample.also?.includes(one)) };
}

/** The same request about things that are not there. */
function aboutNothing(sample: Sample): Sample {
  const swap = (value: unknown): unknown =>
    typeof value !== 'string'
      ? value
      : /^[0-9a-f-]{36}$/.test(value)
        ? idOf('nothing', value)
        : value.replace(/^[0-9a-f]{64}$/, 'f'.repeat(64));
  const swapAll = (object: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, swap(value)]));
  return {
    ...sample,
    path: sample.path && (swapAll(sample.path) as Record<string, string>),
    query: sample.query && `ticket=${idOf('nothing')}`,
    body: sample.body && swapAll(sample.body),
  };
}

describe('who may not is refused, changes nothing, and learns nothing of what is there', () => {
  test.each(table)('%s', async (name, endpoint: Endpoint) => {
    const { sample, outsiders } = outsidersOf(name);
    const before = await dumpDatabase(world.deps.db);
    for (const as of outsiders) {
      const real = await send(world, endpoint, { ...sample, as });
      const expected = as === 'nobody' || as === 'closed' ? [401] : [403, 404];
      expect(expected, `${name} as ${as}`).toContain(real.status);
      expect(await send(world, endpoint, { ...aboutNothing(sample), as }), `${name} as ${as}`).toEqual(real);
    }
    expect(await dumpDatabase(world.deps.db)).toBe(before);
  });
});

test('an endpoint that asks for a session has outsiders among the callers', () => {
  const open = endpoints
    .filter(({ access }) => access === 'session')
    .filter((one) => outsidersOf(nameOf(one)).outsiders.length === 0);
  expect(open).toEqual([]);
});

test('a push out of scope writes no record and reads nothing, be the place there or not', async () => {
  const before = await dumpDatabase(world.deps.db, ['client', 'client_space', 'receipt', 'held', 'space']);
  const answers: object[] = [];
  for (const as of ['claimer', 'west', 'closed', 'admin'] as const) {
    const self = await world.callers[as].ask('GET', '/api/session');
    const { id = '' } = self.ok ? ((await self.json()) as { id?: string }) : {};
    for (const grid of [EAST.grid, idOf('no-such-grid')]) {
      const request = syncOf(id || 'somebody', world.deps.now(), idOf('scope', as, grid));
      const moved = JSON.parse(JSON.stringify(request).replaceAll(EAST.grid, grid)) as Record<string, unknown>;
      const endpoint = endpoints.find((one) => nameOf(one) === 'post /api/sync');
      if (!endpoint) throw new Error('no sync');
      const { status, text } = await send(world, endpoint, {
        as,
        body: { ...moved, client: `c-${as}-${grid}`.slice(0, 60) },
      });
      expect(status).toBe(200);
      const answer = JSON.parse(text) as SyncResponse;
      expect(answer.pages.flatMap(({ rows }) => rows)).toEqual([]);
      answers.push({
        as,
        pushed: answer.pushed.map(({ receipts }) => receipts.map(({ code, status }) => ({ code, status }))),
      });
    }
  }
  for (let i = 0; i < answers.length; i += 2) expect(answers[i]).toEqual(answers[i + 1]);
  expect(await dumpDatabase(world.deps.db, ['client', 'client_space', 'receipt', 'held', 'space'])).toBe(before);
});

test('a sync in the name of somebody else does nothing on the server', async () => {
  const before = await dumpDatabase(world.deps.db);
  const endpoint = endpoints.find((one) => nameOf(one) === 'post /api/sync');
  if (!endpoint) throw new Error('no sync');
  const { text } = await send(world, endpoint, {
    as: 'west',
    body: syncOf(world.ids.volunteer, world.deps.now(), idOf('x')),
  });
  expect(JSON.parse(text)).toMatchObject({ pushed: [], pages: [], allowed: [] });
  expect(await dumpDatabase(world.deps.db)).toBe(before);
});
