import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/protocol/error-code.ts';
import { MAX_REQUEST_BYTES } from '../../src/protocol/sync-messages.ts';
import { endpoints } from '../../src/server/openapi/endpoints.ts';
import { dumpDatabase } from './support/dump-database.ts';
import { mutated } from './support/mutate.ts';
import { PHONE, propertyWorld, type PropertyWorld } from './support/property-world.ts';
import { nameOf, samplesOf, send, type Sample } from './support/samples.ts';

let world: PropertyWorld;
let samples: Record<string, Sample>;
beforeAll(async () => {
  world = await propertyWorld();
  samples = samplesOf(world);
}, 60_000);
afterAll(() => world.deps.close());

const sampleOf = (name: string): Sample => {
  const sample = samples[name];
  if (!sample) throw new Error(`no sample for ${name}`);
  return sample;
};
const dump = () => dumpDatabase(world.deps.db);
const withBody = endpoints.filter(({ body }) => body !== undefined);
const jsonEndpoints = withBody.filter(({ body }) => body?.type === 'application/json');

/** A refusal has a code of the closed list and nothing of the inside. */
function expectCleanRefusal({ status, text }: { status: number; text: string }): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(text).not.toMatch(/\bat \/|\.ts:\d|sqlite|valibot/i);
  if (!text.startsWith('{')) return;
  const { error } = JSON.parse(text) as { error: { code: keyof typeof ERROR_CODES } };
  expect(ERROR_CODES[error.code]).toBe(status);
}

test('every endpoint of the document has a sample, and no sample is of anything else', () => {
  expect(Object.keys(samples).toSorted()).toEqual(endpoints.map(nameOf).toSorted());
});

describe('a body that does not fit its schema is refused and changes nothing', () => {
  test.each(jsonEndpoints.map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', async (name, endpoint) => {
    const before = await dump();
    await fc.assert(
      fc.asyncProperty(mutated(sampleOf(name).body), async (body) => {
        const text = JSON.stringify(body);
        fc.pre(text !== undefined);
        const schema = endpoint.body?.schema ?? v.unknown();
        fc.pre(!v.safeParse(schema, JSON.parse(text)).success);
        const answer = await send(world, endpoint, sampleOf(name), { body: text, type: 'application/json' });
        expectCleanRefusal(answer);
        expect(answer.text).toContain('bad_request');
      }),
      { numRuns: 60 },
    );
    expect(await dump()).toBe(before);
  });
});

describe('bytes that are no JSON, or called something else, are refused and change nothing', () => {
  test.each(jsonEndpoints.map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', async (name, endpoint) => {
    const before = await dump();
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.constant(Buffer.from('{"a":"\xff"', 'latin1')),
    );
    const type = fc.constantFrom(
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      '',
      'multipart/form-data',
    );
    await fc.assert(
      fc.asyncProperty(bytes, type, async (body, asType) => {
        fc.pre(asType !== 'application/json' || !isJson(body));
        expectCleanRefusal(await send(world, endpoint, sampleOf(name), { body: Uint8Array.from(body), type: asType }));
      }),
      { numRuns: 30 },
    );
    expect(await dump()).toBe(before);
  });
});

describe('a body that is too long is refused and changes nothing', () => {
  test.each(withBody.map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', async (name, endpoint) => {
    const before = await dump();
    const isForm = endpoint.body?.type !== 'application/json';
    const body = isForm
      ? `text=${'x'.repeat(MAX_REQUEST_BYTES)}`
      : JSON.stringify({ token: 'x'.repeat(MAX_REQUEST_BYTES) });
    const answer = await send(world, endpoint, sampleOf(name), { body, type: endpoint.body?.type ?? '' });
    expect(answer.status).toBe(413);
    expect(await dump()).toBe(before);
  });
});

describe('a form with anything in its fields is answered by a page, and wrong ones change nothing', () => {
  const forms = withBody.filter(({ body }) => body?.type === 'application/x-www-form-urlencoded');
  test.each(forms.map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', async (name, endpoint) => {
    const before = await dump();
    const field = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('', '0000', '\u0000', '١٢٣٤'));
    const form = fc.dictionary(fc.constantFrom('mid', 'digits', 'text', 'satisfaction', 'code', '__proto__'), field);
    await fc.assert(
      fc.asyncProperty(form, async (fields) => {
        world.deps.advance(16 * 60_000);
        const answer = await send(world, endpoint, { ...sampleOf(name), body: { ...fields } });
        if (answer.status !== 303) expectCleanRefusal(answer);
      }),
      { numRuns: 60 },
    );
    expect(await dump()).toBe(before);
  });
});

describe('anything in the place of an id finds nothing and changes nothing', () => {
  const withPath = endpoints.filter(({ path }) => path.includes('{'));
  test.each(withPath.map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', async (name, endpoint) => {
    const before = await dump();
    const sample = sampleOf(name);
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
      fc.constantFrom('\u0000', 'x'.repeat(3000), '%', "' or ''='", '[object Object]', 'null', '0'),
    );
    await fc.assert(
      fc.asyncProperty(part, fc.constantFrom(...Object.keys(sample.path ?? {})), async (value, key) => {
        fc.pre(value !== '.' && value !== '..' && sample.path?.[key] !== value);
        world.deps.advance(16 * 60_000);
        const answer = await send(world, endpoint, { ...sample, path: { ...sample.path, [key]: value } });
        expectCleanRefusal(answer);
        expect(answer.status).toBe(404);
      }),
      { numRuns: 40 },
    );
    expect(await dump()).toBe(before);
  });
});

test('nothing of a person was logged meanwhile, and no request failed inside', () => {
  const logged = world.logged();
  expect(logged.length).toBeGreaterThan(1000);
  const personal = [
    '姚敏',
    '范晓',
    '彭博',
    '毛宁',
    '程远',
    '沈青',
    '苏婆婆',
    PHONE,
    '楼道灯',
    '约上门',
    '灯又坏',
    world.ids.ticket,
  ];
  for (const word of [...personal, world.invitationToken, 'long password']) expect(logged).not.toContain(word);
  expect(logged).not.toMatch(/"status":5\d\d|"level":50/);
});

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}
