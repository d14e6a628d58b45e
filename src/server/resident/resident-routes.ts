import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { derivedId } from '../../domain/place/place.ts';
import { readSlipCode } from '../../domain/slip/slip-code.ts';
import { fillMessage } from '../../i18n/fill-message.ts';
import type { Dependencies } from '../dependencies.ts';
import { clientAddress } from '../http/client-address.ts';
import { HttpError } from '../http/http-error.ts';
import { limitByAddress, takeOrThrow } from '../http/rate-limit.ts';
import { findPhoto } from '../photos/adopt-photo.ts';
import { oneAtATime } from '../photos/one-at-a-time.ts';
import { sendPhoto } from '../photos/send-photo.ts';
import { applyMutation } from '../sync/apply-mutation.ts';
import { EMPTY_FORM, type FormState } from './matter-section.ts';
import { MissLimit } from './miss-limit.ts';
import { checkDigits, type Proof } from './proof.ts';
import { isResidentAction, residentActor, type ResidentAction } from './resident-action.ts';
import { readResidentAssets } from './resident-assets.ts';
import { readResidentForm } from './resident-form.ts';
import type { PageFrame } from './resident-layout.ts';
import { enterPage, messagePage, slipPage, unknownPage } from './resident-pages.ts';
import { residentWords as words } from './resident-words.ts';
import { isShown } from './shown-media.ts';
import { findSlip, officeTelephone, type FoundSlip } from './slip-lookup.ts';

const CLIENT_DIR = 'dist/client';
const ELDER_COOKIE = 'elder';
const ELDER_SECONDS = 400 * 24 * 3600;
/** A form holds a code, or four digits and 500 characters. */
const limitForm = bodyLimit({
  maxSize: 16 * 1024,
  onError: () => {
    throw new HttpError('too_large');
  },
});

/** Behind a mobile network many share an address; a slip shows a dozen photos at most. */
const PAGE_RATE = { burst: 300, perSecond: 10 };
const PHOTO_RATE = { burst: 120, perSecond: 4 };

const minutes = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000));

/** The resident's pages: no account, no script needed, nothing of a person in an address or a log. */
export function residentRoutes(deps: Dependencies): Hono {
  const assets = readResidentAssets(CLIENT_DIR);
  const misses = new MissLimit(deps.now);
  const inTurn = oneAtATime();
  const app = new Hono();

  app.use('/r/*', privateHeaders);
  app.use('/r', privateHeaders);
  // `/r/*` takes `/r` in.
  app.use('/r/*', limitByAddress(deps, 'resident', PAGE_RATE), limitForm);

  const frame = async (c: Context, path: string): Promise<PageFrame> => ({
    assets,
    officeName: (await officeTelephone(deps.db)).name,
    elder: readElder(c),
    path,
  });

  const limited = async (c: Context, waitMs: number): Promise<Response> => {
    c.header('Retry-After', String(Math.ceil(waitMs / 1000)));
    const text = fillMessage(words.limited.text, { minutes: minutes(waitMs) });
    return c.html(messagePage(await frame(c, '/r'), words.limited.title, text, await officeTelephone(deps.db)), 429);
  };

  /** The slip behind a code, or the page to show instead. */
  const lookUp = (c: Context, typed: string): Promise<FoundSlip | Response> => {
    const address = clientAddress(deps.config, c);
    // Of codes guessed at once each must see the misses before it.
    return inTurn(address, () => lookUpFrom(c, address, typed));
  };

  const lookUpFrom = async (c: Context, address: string, typed: string): Promise<FoundSlip | Response> => {
    const waitMs = misses.waitMs(address);
    if (waitMs > 0) return limited(c, waitMs);
    const code = readSlipCode(typed);
    if (code === null) return c.html(enterPage(await frame(c, '/r'), typed.slice(0, 20), true), 404);
    const found = await findSlip(deps.db, code, deps.now());
    if (found !== undefined) return found;
    misses.miss(address);
    return c.html(unknownPage(await frame(c, `/r/${code}`), await officeTelephone(deps.db)), 404);
  };

  const page = async (c: Context, found: FoundSlip, form: FormState, status: 200 | 409 | 422 | 429 = 200) =>
    c.html(
      slipPage(await frame(c, `/r/${found.code}`), found, form, () => crypto.randomUUID()),
      status,
    );

  app.get('/r', async (c) => c.html(enterPage(await frame(c, '/r'))));

  app.post('/r', async (c) => {
    const { code } = await c.req.parseBody();
    const typed = typeof code === 'string' ? code : '';
    const read = readSlipCode(typed);
    if (read === null) return c.html(enterPage(await frame(c, '/r'), typed.slice(0, 20), true), 422);
    return c.redirect(`/r/${read}`, 303);
  });

  app.get('/r/:code', async (c) => {
    const found = await lookUp(c, c.req.param('code'));
    if (found instanceof Response) return found;
    const done = c.req.query('done') ?? '';
    return page(c, found, { ...EMPTY_FORM, done: isResidentAction(done) ? done : null });
  });

  app.get('/r/:code/photos/:sha', async (c) => {
    takeOrThrow(deps, 'resident-photo', clientAddress(deps.config, c), PHOTO_RATE);
    const found = await lookUp(c, c.req.param('code'));
    if (found instanceof Response) return found;
    const sha = c.req.param('sha');
    if (!found.matters.some(({ shown }) => isShown(shown, sha))) throw new HttpError('not_found');
    const photo = await findPhoto(deps, sha);
    if (!photo) throw new HttpError('not_found');
    return sendPhoto(deps, c, photo);
  });

  app.post('/r/:code/:ticketId/:action', async (c) => {
    const action = c.req.param('action');
    if (!isResidentAction(action)) throw new HttpError('not_found');
    const found = await lookUp(c, c.req.param('code'));
    if (found instanceof Response) return found;
    const ticketId = c.req.param('ticketId');
    if (!found.matters.some((one) => one.matter.ticketId === ticketId)) throw new HttpError('not_found');

    const body = await c.req.parseBody();
    const refuse = (message: string, status: 409 | 422 | 429): Promise<Response> =>
      page(c, found, formError(ticketId, action, message, body), status);

    const form = readResidentForm(action, body);
    if ('message' in form) return refuse(form.message, 422);
    const proof = await checkDigits(deps, found, form.digits);
    if (!proof.right) return refuse(proofMessage(proof), 'left' in proof ? 422 : 429);
    const at = deps.now();
    const result = await applyMutation(deps, {
      space: found.space,
      name: `ticket.${action}`,
      v: 1,
      args: { id: ticketId, ...form.args },
      actor: residentActor(found.slipId),
      // A page that the browser kept has its old mid: only the same words pressed twice are the same act.
      mid: derivedId('resident', found.slipId, ticketId, action, form.mid, JSON.stringify(form.args)),
      at,
    });
    if (result.status === 'rejected') return refuse(words.error.refused, 409);
    return c.redirect(`/r/${found.code}?done=${action}`, 303);
  });

  return app;
}

const privateHeaders = async (c: Context, next: () => Promise<void>): Promise<void> => {
  await next();
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('X-Robots-Tag', 'noindex');
};

/** 长辈版 without a script: a link sets it, a cookie keeps it. */
function readElder(c: Context): boolean {
  const asked = c.req.query('elder');
  if (asked === undefined) return getCookie(c, ELDER_COOKIE) === '1';
  const elder = asked === '1';
  setCookie(c, ELDER_COOKIE, elder ? '1' : '0', { path: '/r', maxAge: ELDER_SECONDS, sameSite: 'Lax', httpOnly: true });
  return elder;
}

const proofMessage = (proof: Exclude<Proof, { right: true }>): string =>
  'left' in proof
    ? fillMessage(words.error.wrongDigits, { left: proof.left })
    : fillMessage(words.error.locked, { minutes: minutes(proof.lockedForMs) });

/** What was typed stays on the page, whatever was wrong with it; the digits are asked again. */
function formError(
  ticketId: string,
  action: ResidentAction,
  message: string,
  body: Record<string, unknown>,
): FormState {
  const typed = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  return {
    done: null,
    error: { ticketId, action, message },
    typed: { text: typed('text'), satisfaction: typed('satisfaction') },
  };
}
