import { mutators } from '../../src/domain/mutation/mutators.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import { browserClock } from '../../src/client/platform/browser-clock.ts';
import { createFetchPhotoTransport } from '../../src/client/transport/fetch-photo-transport.ts';
import { createFetchSyncTransport } from '../../src/client/transport/fetch-sync-transport.ts';
import type { MediaBytes, SaveRequest, SyncEngine, UploadHold } from '../../src/sync/engine-api.ts';
import { createSyncEngine } from '../../src/sync/engine.ts';
import type { OutboxStore } from '../../src/sync/outbox-port.ts';
import { newCacheDisk, openMemoryCache, type CacheDisk } from './memory-cache-store.ts';
import type { Bytes } from './photo-bytes.ts';
import { mediaOfBytes } from './photo-phone.ts';

export interface AskedPhoto {
  method: string;
  sha: string;
  offset: number;
  bytes: number;
  status: number;
}

/** Stands between the phone and the network: answers by itself, or lets the request through. */
export type Between = (method: string, sha: string, size: number) => Promise<Response | null> | Response | null;

export interface QueuePhone {
  engine: SyncEngine;
  /** Each request about bytes that was answered, in order. */
  asked: AskedPhoto[];
  hold: { value: UploadHold | null };
  between: { value: Between };
}

/** The real engine with its queue of photos over real HTTP, on a given outbox; backoff is without waiting. */
export async function openQueuePhone(phone: {
  memberId: string;
  cookie: string;
  outbox: OutboxStore;
  cache?: CacheDisk;
  url(): string;
}): Promise<QueuePhone> {
  const asked: AskedPhoto[] = [];
  const hold: QueuePhone['hold'] = { value: null };
  const between: QueuePhone['between'] = { value: () => null };
  const send = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', phone.cookie);
    return fetch(`${phone.url()}${path}`, { ...init, headers });
  };
  const sendPhoto: typeof fetch = async (path, init) => {
    const sha = String(path).split('/').at(-1) ?? '';
    const method = init?.method ?? '';
    const bytes = init?.body instanceof ArrayBuffer ? init.body.byteLength : 0;
    const response = (await between.value(method, sha, bytes)) ?? (await send(String(path), init));
    const offset = Number(new Headers(init?.headers).get('upload-offset') ?? 0);
    asked.push({ method, sha, offset, bytes, status: response.status });
    return response;
  };
  let made = 0;
  const engine = await createSyncEngine({
    memberId: phone.memberId,
    build: 'test',
    outbox: phone.outbox,
    cache: openMemoryCache(phone.cache ?? newCacheDisk()),
    transport: createFetchSyncTransport('', (path, init) => send(String(path), init)),
    photos: {
      transport: createFetchPhotoTransport(phone.memberId, sendPhoto),
      hold: () => hold.value,
      forgetSeen: () => Promise.resolve(true),
    },
    clock: browserClock,
    ids: {
      record: () => `record-${(made += 1)}`,
      mutation: () => `${phone.cookie.slice(-8)}-${(made += 1)}`,
      random: () => 0,
    },
    locks: { ifFree: (_name, run) => run() },
    mutators,
    indexes,
  });
  return { engine, asked, hold, between };
}

const fileOf = ({ sha, type, bytes }: Bytes): MediaBytes => ({ sha, type, bytes: Uint8Array.from(bytes).buffer });

/** One mutation that adds these photos to a matter, with their bytes. */
export const photosFor = (gridId: string, ticketId: string, ...photos: readonly Bytes[]): SaveRequest => ({
  space: `grid:${gridId}`,
  name: 'ticket.addMedia',
  v: 1,
  args: { id: ticketId, media: photos.map((one) => mediaOfBytes(one)) },
  about: { kind: 'ticket', id: ticketId },
  media: photos.map(fileOf),
});
