import { accountEndpoints } from './account-endpoints.ts';
import { deskEndpoints } from './desk-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { photoEndpoints } from './photo-endpoints.ts';
import { residentEndpoints } from './resident-endpoints.ts';
import { syncEndpoints } from './sync-endpoints.ts';

/** Every address that the server answers, static files apart. A test compares it with the routes of the application. */
export const endpoints: readonly Endpoint[] = [
  ...accountEndpoints,
  ...syncEndpoints,
  ...deskEndpoints,
  ...photoEndpoints,
  ...residentEndpoints,
];
