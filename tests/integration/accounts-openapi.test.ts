import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/protocol/error-code.ts';
import { endpoints } from '../../src/server/openapi/endpoints.ts';
import { emptyWorld, type AccountWorld } from '../support/account-world.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { summary: string; requestBody?: { content: Record<string, object> } }>>;
  components: { schemas: { Error: { properties: { error: { properties: { code: { enum: string[] } } } } } } };
}

let world: AccountWorld;
let document: Document;
beforeAll(async () => {
  world = await emptyWorld();
  document = (await (await world.browser().ask('GET', '/api/openapi.json')).json()) as Document;
}, 60_000);
afterAll(() => world.deps.close());

const inDocument = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );

/** Hono's `:name` as the document's `{name}`; what is for every method or every path is no address of its own. */
const inApplication = () =>
  world.app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`);

test('every route of the application is in the document, and nothing else is', () => {
  expect([...new Set(inApplication())].toSorted()).toEqual(inDocument().toSorted());
  expect(inDocument()).toHaveLength(endpoints.length);
});

test('the document is OpenAPI 3.1 and names the closed list of errors', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.components.schemas.Error.properties.error.properties.code.enum).toEqual(Object.keys(ERROR_CODES));
});

test('a body is described by the schema that validates it', () => {
  expect(document.paths['/api/reveal']?.post?.requestBody?.content['application/json']).toEqual({
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['gridId', 'contactId', 'ticketId', 'reason'],
      properties: {
        gridId: { type: 'string', minLength: 1, maxLength: 64 },
        contactId: { type: 'string', minLength: 1, maxLength: 64 },
        ticketId: { type: 'string', minLength: 1, maxLength: 64 },
        reason: { type: 'string', minLength: 2, maxLength: 200 },
      },
    },
  });
});
