import { randomUUID } from 'node:crypto';
import { NO_ROLES } from '../../../src/domain/actor/actor.ts';
import type { Endpoint } from '../../../src/server/openapi/endpoint.ts';
import { EAST, PASSWORD } from '../../support/account-world.ts';
import { idOf } from '../../support/factories.ts';
import { bytesOf } from '../../support/photo-bytes.ts';
import { METRICS_TOKEN, CODE, PHONE, syncOf, type Caller, type PropertyWorld } from './property-world.ts';

/** A request that its caller may make, and that succeeds where it is made first. */
export interface Sample {
  as: Caller;
  /** What stands in the path for each `{name}`. */
  path?: Record<string, string>;
  query?: string;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** A body that is bytes and no text. */
  bytes?: Uint8Array<ArrayBuffer>;
  /** Those who may make it as well, beside `as`. */
  also?: readonly Caller[];
}

export const nameOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): string => `${method} ${path}`;

const everyone: readonly Caller[] = ['nobody', 'admin', 'desk', 'volunteer', 'claimer', 'west', 'closed'];
const signedIn: readonly Caller[] = ['admin', 'desk', 'volunteer', 'claimer', 'west'];

const UPLOADED = bytesOf('uploaded', 700);

/** One for each endpoint; a test fails where one is missing. */
export const samplesOf = ({ ids, invitationToken, deps, photo }: PropertyWorld): Record<string, Sample> => ({
  'get /api/setup': { as: 'nobody', also: everyone },
  'post /api/setup': {
    as: 'nobody',
    also: everyone,
    body: {
      token: 'x'.repeat(43),
      officeName: '望江街道',
      officePhone: '',
      displayName: '林秋',
      signInName: 'linqiu',
      password: PASSWORD,
      device: 'Firefox',
    },
  },
  'get /api/session': { as: 'volunteer', also: signedIn },
  'post /api/session': {
    as: 'nobody',
    also: everyone,
    body: { signInName: '姚敏', password: PASSWORD, device: 'Chrome' },
  },
  'delete /api/session': { as: 'west', also: everyone },
  'post /api/session/password': {
    as: 'volunteer',
    also: signedIn,
    body: { oldPassword: PASSWORD, newPassword: `${PASSWORD}, a new one` },
  },
  'get /api/sessions': { as: 'volunteer', also: signedIn },
  'delete /api/sessions/{id}': { as: 'desk', path: { id: ids.deskPhone } },
  'post /api/invitations': {
    as: 'desk',
    also: ['admin'],
    body: { displayName: '郑南', roles: { ...NO_ROLES, volunteer: [EAST.grid] } },
  },
  'delete /api/invitations/{id}': { as: 'desk', also: ['admin'], path: { id: ids.invitation } },
  'post /api/invitations/peek': { as: 'nobody', also: everyone, body: { token: invitationToken } },
  'post /api/invitations/accept': {
    as: 'nobody',
    also: everyone,
    body: { token: invitationToken, signInName: '沈青', password: PASSWORD, device: 'Chrome' },
  },
  'get /api/members': { as: 'desk', also: ['admin', 'west'] },
  'patch /api/members/{id}': {
    as: 'desk',
    also: ['admin'],
    path: { id: ids.volunteer },
    body: { name: '范晓晓', roles: { ...NO_ROLES, volunteer: [EAST.grid], claimer: true } },
  },
  'post /api/members/{id}/invitation': { as: 'desk', also: ['admin'], path: { id: ids.volunteer } },
  'post /api/sync': {
    as: 'volunteer',
    also: everyone.filter((one) => one !== 'nobody'),
    body: syncOf(ids.volunteer, deps.now(), idOf('pushed')),
  },
  'get /api/poke': { as: 'volunteer', also: signedIn },
  'get /api/openapi.json': { as: 'nobody', also: everyone },
  'get /healthz': { as: 'nobody', also: everyone },
  'get /metrics': { as: 'nobody', also: everyone, headers: { authorization: `Bearer ${METRICS_TOKEN}` } },
  'post /api/reveal': {
    as: 'desk',
    also: ['volunteer'],
    body: { gridId: EAST.grid, contactId: ids.contact, ticketId: ids.ticket, reason: '约上门时间' },
  },
  'get /api/reveals': { as: 'desk', also: ['west'], query: `ticket=${ids.ticket}` },
  'get /api/held': { as: 'desk', also: ['admin', 'west'] },
  'post /api/held/{id}/accept': { as: 'desk', path: { id: ids.held } },
  'post /api/held/{id}/return': { as: 'desk', path: { id: ids.held }, body: { reason: '已经登记过' } },
  'post /api/held/{id}/reveal': { as: 'desk', path: { id: ids.heldContact }, body: { reason: '核实情况' } },
  'get /api/held/returned': { as: 'desk', also: ['admin', 'west'] },
  'post /api/held/{id}/reopen': { as: 'desk', path: { id: ids.returned } },
  'get /api/devices': { as: 'desk', also: ['admin', 'west'] },
  'post /api/devices/{id}/lost': { as: 'desk', also: ['admin'], path: { id: ids.inHand } },
  'delete /api/devices/{id}/lost': { as: 'desk', also: ['admin'], path: { id: ids.lost } },
  'post /api/devices/{id}/aside': { as: 'desk', also: ['admin'], path: { id: ids.cleared } },
  'head /api/photos/{sha}': { as: 'volunteer', also: signedIn, path: { sha: photo.sha } },
  'patch /api/photos/{sha}': {
    as: 'volunteer',
    also: signedIn,
    path: { sha: UPLOADED.sha },
    headers: {
      'content-type': UPLOADED.type,
      'upload-offset': '0',
      'upload-length': String(UPLOADED.bytes.length),
    },
    bytes: UPLOADED.bytes,
  },
  'get /api/photos/{sha}': { as: 'volunteer', also: ['desk'], path: { sha: photo.sha } },
  'delete /api/seen-photos': { as: 'volunteer', also: signedIn },
  'get /r': { as: 'nobody', also: everyone },
  'post /r': { as: 'nobody', also: everyone, body: { code: CODE } },
  'get /r/{code}': { as: 'nobody', also: everyone, path: { code: CODE } },
  'get /r/{code}/photos/{sha}': { as: 'nobody', also: everyone, path: { code: CODE, sha: photo.sha } },
  'post /r/{code}/{ticketId}/{action}': {
    as: 'nobody',
    also: everyone,
    path: { code: CODE, ticketId: ids.ticket, action: 'add' },
    body: { mid: randomUUID(), digits: PHONE.slice(-4), text: '灯又坏了' },
  },
});

/** Sends a sample, or a change of it, as a browser of its caller would. */
export async function send(
  world: PropertyWorld,
  endpoint: Endpoint,
  sample: Sample,
  raw?: { body: string | Uint8Array<ArrayBuffer>; type: string },
): Promise<{ status: number; text: string }> {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(sample.path?.[name] ?? ''),
  );
  const type = endpoint.body?.type ?? 'application/json';
  const encoded = sample.body && encode(type, sample.body);
  const body = raw?.body ?? sample.bytes ?? encoded;
  const { cookie } = world.callers[sample.as];
  const response = await world.app.request(sample.query === undefined ? path : `${path}?${sample.query}`, {
    method: endpoint.method.toUpperCase(),
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': raw?.type ?? type }),
      ...sample.headers,
    },
    body,
  });
  // A stream of pokes has no end of its own.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return { status: response.status, text: '' };
  }
  return { status: response.status, text: await response.text() };
}

const encode = (type: string, body: Record<string, unknown>): string =>
  type === 'application/json'
    ? JSON.stringify(body)
    : new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)])).toString();
