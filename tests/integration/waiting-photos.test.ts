import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../../src/protocol/desk-messages.ts';
import { listen, type Listening } from '../../src/server/listen.ts';
import { EAST, officeWorld, type AccountWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { newOutboxDisk, openMemoryOutbox } from '../support/memory-outbox-store.ts';
import { bytesOf } from '../support/photo-bytes.ts';
import { openQueuePhone, photosFor, type QueuePhone } from '../support/photo-queue-phone.ts';
import { until } from '../support/until.ts';

const TICKET = idOf('waiting', 'ticket');
const MEDIA = [bytesOf('one'), bytesOf('two'), bytesOf('a voice', 3000, 'audio/webm')];

let world: AccountWorld;
let server: Listening;
let desk: Browser;
let phone: QueuePhone;

/** A phone whose words are all there and whose photos wait for Wi-Fi. */
beforeEach(async () => {
  world = await officeWorld({ now: Date.now });
  server = await listen(world.app, 0, '127.0.0.1');
  desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
  const volunteer = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  const memberId = await volunteer.memberId();
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(memberId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  phone = await openQueuePhone({
    memberId,
    cookie: volunteer.cookie,
    outbox: openMemoryOutbox(newOutboxDisk(), () => 'client-1'),
    url: () => `http://127.0.0.1:${server.port}`,
  });
  phone.hold.value = 'wifi';
  await phone.engine.save([photosFor(EAST.grid, TICKET, ...MEDIA)]);
  await phone.engine.syncNow();
});
afterEach(async () => {
  await phone.engine.stop();
  await server.cut();
  await world.deps.close();
});

const entry = async () => ((await (await desk.ask('GET', '/api/devices')).json()) as DeviceEntry[])[0];

test('a phone whose words are all sent still says how many photos and voice notes wait on it', async () => {
  expect(await entry()).toMatchObject({ unsent: 0, unsentMedia: 3, unsentSounds: 1 });
});

test('once the last of them is there the phone says so by itself', async () => {
  phone.engine.start();
  phone.hold.value = null;
  await phone.engine.media.uploadNow();
  await until(async () => (await entry())?.unsentMedia === 0, 'a word of the phone that nothing waits');
  expect(await entry()).toMatchObject({ unsent: 0, unsentMedia: 0, unsentSounds: 0 });
});
