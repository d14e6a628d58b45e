import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { ERROR_CODES, type ErrorCode } from '../../protocol/error-code.ts';
import type { Endpoint } from './endpoint.ts';

const ALWAYS: readonly ErrorCode[] = ['rate_limited', 'internal', 'unavailable'];

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

/** As `ErrorBody` in the protocol. */
const errorBodySchema = v.strictObject({
  error: v.strictObject({
    code: v.picklist(codes),
    message: v.string(),
    retryAfterMs: v.optional(v.number()),
    issues: v.optional(v.array(v.string())),
  }),
});

/** What JSON Schema cannot say (trimming, a check in code) is left out of the document; the server still does it. */
function schemaOf(schema: v.GenericSchema, typeMode: 'input' | 'output'): object {
  const { $schema: _, ...rest } = toJsonSchema(schema, { errorMode: 'ignore', target: 'draft-2020-12', typeMode });
  return rest;
}

/** OpenAPI 3.1, from the schemas that the routes validate by. */
export function openApiDocument(endpoints: readonly Endpoint[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    const path = (paths[endpoint.path] ??= {});
    path[endpoint.method] = operationOf(endpoint);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Doorstep', version: '1', description: 'Errors carry a code of a closed list.' },
    paths,
    components: {
      schemas: { Error: schemaOf(errorBodySchema, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'doorstep_session' } },
    },
  };
}

function operationOf(endpoint: Endpoint): object {
  const { summary, access, body, bytes, query = {}, headers = {} } = endpoint;
  const parameters = [
    ...[...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', ...(endpoint.pathChoices?.[name] ? { enum: endpoint.pathChoices[name] } : {}) },
    })),
    ...namedIn('query', query),
    ...namedIn('header', headers),
  ];
  return {
    summary,
    security: access === 'session' ? [{ session: [] }] : [],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? { requestBody: { required: true, content: { [body.type]: { schema: schemaOf(body.schema, 'input') } } } }
      : {}),
    ...(bytes ? { requestBody: { required: true, content: bytesOf(bytes) } } : {}),
    responses: responsesOf(endpoint),
  };
}

const namedIn = (place: 'query' | 'header', named: NonNullable<Endpoint['query']>) =>
  Object.entries(named).map(([name, { required, description }]) => ({
    name,
    in: place,
    required,
    description,
    schema: { type: 'string' },
  }));

const bytesOf = (types: readonly string[]): Record<string, object> =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));

function responsesOf({ answer, errors, path }: Endpoint): object {
  const content = answer.type
    ? { [answer.type]: { schema: answer.schema ? schemaOf(answer.schema, 'output') : { type: 'string' } } }
    : answer.bytes && bytesOf(answer.bytes);
  const headers = Object.entries(answer.headers ?? {}).map(
    ([name, description]) => [name, { description, schema: { type: 'string' } }] as const,
  );
  const responses: Record<string, object> = {
    [answer.status]: {
      description: 'Done',
      ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}),
      ...(content ? { content } : {}),
    },
  };
  const isApi = !path.startsWith('/r');
  for (const code of [...errors, ...ALWAYS]) {
    const status = ERROR_CODES[code];
    const same = [...errors, ...ALWAYS].filter((other) => ERROR_CODES[other] === status);
    const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
    const content = isApi ? error : { 'text/html': { schema: { type: 'string' } } };
    responses[status] = { description: same.join(', '), content };
  }
  return responses;
}
