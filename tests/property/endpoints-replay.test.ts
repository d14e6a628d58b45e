import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpoints } from '../../src/server/openapi/endpoints.ts';
import { setupToken, emptyWorld, PASSWORD } from '../support/account-world.ts';
import { dumpDatabase } from './support/dump-database.ts';
import { propertyWorld } from './support/property-world.ts';
import { nameOf, samplesOf, send } from './support/samples.ts';

/** Each of these is a thing of its own the second time too: another session, another link, another look. */
const NEW_EACH_TIME = [
  'post /api/session',
  'post /api/invitations',
  'post /api/members/{id}/invitation',
  'post /api/reveal',
  'post /api/held/{id}/reveal',
];
const replayable = endpoints.filter((one) => !NEW_EACH_TIME.includes(nameOf(one)));

describe('a message that comes again changes nothing more', () => {
  test.each(replayable.map((endpoint) => [nameOf(endpoint), endpoint] as const))(
    '%s',
    async (name, endpoint) => {
      const world = await propertyWorld();
      const sample = samplesOf(world)[name];
      if (!sample) throw new Error(`no sample for ${name}`);
      const first = await send(world, endpoint, sample);
      // The token of the office's set-up is used up in this world; its own test has one that is not.
      if (name !== 'post /api/setup') expect(first.status, first.text).toBe(endpoint.answer.status);
      const after = await dumpDatabase(world.deps.db);
      for (let i = 0; i < 3; i++) {
        world.deps.advance(1000);
        const again = await send(world, endpoint, sample);
        expect(again.status).toBeLessThan(500);
        expect(
          again.status === first.status || again.status === 401 || again.status === 404 || again.status === 409,
        ).toBe(true);
      }
      expect(await dumpDatabase(world.deps.db)).toBe(after);
      await world.deps.close();
    },
    60_000,
  );
});

test('the set-up comes once, whatever comes after it', async () => {
  const world = await emptyWorld();
  const body = {
    token: await setupToken(world),
    officeName: '望江街道',
    officePhone: '',
    displayName: '林秋',
    signInName: 'linqiu',
    password: PASSWORD,
    device: 'Firefox',
  };
  expect((await world.browser().ask('POST', '/api/setup', body)).status).toBe(201);
  const after = await dumpDatabase(world.deps.db);
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), async (officeName) => {
      fc.pre(officeName.trim() !== '');
      expect((await world.browser().ask('POST', '/api/setup', { ...body, officeName })).status).toBe(409);
    }),
    { numRuns: 20 },
  );
  expect(await dumpDatabase(world.deps.db)).toBe(after);
  await world.deps.close();
}, 60_000);

test('two of the same message at once do what one does', async () => {
  for (const endpoint of replayable.filter(({ method }) => method !== 'get')) {
    const name = nameOf(endpoint);
    if (name === 'post /api/setup') continue;
    const [once, twice] = [await propertyWorld(), await propertyWorld()];
    const [sample, same] = [samplesOf(once)[name], samplesOf(twice)[name]];
    if (!sample || !same) throw new Error(`no sample for ${name}`);
    await send(once, endpoint, sample);
    const answers = await Promise.all([send(twice, endpoint, same), send(twice, endpoint, same)]);
    expect(
      answers.every(({ status }) => status < 500),
      name,
    ).toBe(true);
    expect(await rowCounts(twice.deps.db), name).toEqual(await rowCounts(once.deps.db));
    await once.deps.close();
    await twice.deps.close();
  }
}, 120_000);

async function rowCounts(db: Parameters<typeof dumpDatabase>[0]): Promise<Record<string, number>> {
  const lines = (await dumpDatabase(db)).split('\n');
  return lines.reduce<Record<string, number>>((counts, line) => {
    const name = line.split(' ')[0] ?? '';
    return { ...counts, [name]: (counts[name] ?? 0) + 1 };
  }, {});
}
