import { Hono } from 'hono';
import type { Dependencies } from './dependencies.ts';
import { withHeaders } from './http/with-headers.ts';
import { handleError, handleNotFound } from './http/handle-error.ts';
import { methodNotAllowed } from './http/method-not-allowed.ts';
import { limitByAddress } from './http/rate-limit.ts';
import { requestLog } from './http/request-log.ts';
import { sameOrigin } from './http/same-origin.ts';
import { securityHeaders } from './http/security-headers.ts';
import { whileStopping } from './http/while-stopping.ts';
import { openApiRoutes } from './openapi/openapi-routes.ts';
import { residentRoutes } from './resident/resident-routes.ts';
import { deviceRoutes } from './routes/devices.ts';
import { healthRoutes } from './routes/health.ts';
import { heldRoutes } from './routes/held.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { memberRoutes } from './routes/members.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { photoRoutes } from './routes/photos.ts';
import { pokeRoutes } from './routes/poke.ts';
import { revealRoutes } from './routes/reveal.ts';
import { sessionRoutes } from './routes/session.ts';
import { sessionsRoutes } from './routes/sessions.ts';
import { setupRoutes } from './routes/setup.ts';
import { syncRoutes } from './routes/sync.ts';
import { staticRoutes } from './static/static-routes.ts';
import { seenPhotoRoutes } from './routes/seen-photos.ts';
import type { StaticFile } from './static/static-files.ts';

/** Wide, for a whole street office may share one address; narrower limits stand at what can be guessed at. */
const RATE = { burst: 600, perSecond: 50 };

const UNKEPT = [['cache-control', 'no-store']] as const;

/** The whole server as one function from request to answer; `main.ts` gives it a socket, tests ask it directly. */
export function createApp(deps: Dependencies, files: ReadonlyMap<string, StaticFile> = new Map()): Hono {
  const app = new Hono();
  app.onError(handleError(deps));
  app.notFound(handleNotFound);
  app.use(requestLog(deps), securityHeaders(deps.config), whileStopping(deps), sameOrigin(deps.config));
  app.use('/api/*', limitByAddress(deps, 'api', RATE), (c, next) => withHeaders(c, UNKEPT, next));
  app.route('/', healthRoutes(deps));
  app.route('/', metricsRoutes(deps));
  app.route('/api', setupRoutes(deps));
  app.route('/api', sessionRoutes(deps));
  app.route('/api', sessionsRoutes(deps));
  app.route('/api', invitationRoutes(deps));
  app.route('/api', memberRoutes(deps));
  app.route('/api', revealRoutes(deps));
  app.route('/api', heldRoutes(deps));
  app.route('/api', deviceRoutes(deps));
  app.route('/api', syncRoutes(deps));
  app.route('/api', photoRoutes(deps));
  app.route('/api', seenPhotoRoutes(deps));
  app.route('/api', pokeRoutes(deps));
  app.route('/api', openApiRoutes());
  app.route('/', residentRoutes(deps));
  app.use(methodNotAllowed(app.routes));
  app.all('/api/*', handleNotFound);
  app.route('/', staticRoutes(files));
  return app;
}
