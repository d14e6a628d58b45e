import { Hono } from 'hono';
import { endpoints } from './endpoints.ts';
import { openApiDocument } from './openapi-document.ts';

/** GET /api/openapi.json: made once, when it is first asked for. */
export function openApiRoutes(): Hono {
  let document: object | undefined;
  return new Hono().get('/openapi.json', (c) => c.json((document ??= openApiDocument(endpoints))));
}
