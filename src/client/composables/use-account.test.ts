// @vitest-environment jsdom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionMember } from '../../protocol/account-messages.ts';
import { OutboxDatabase } from '../db/outbox-database.ts';
import { useSession } from '../stores/session.ts';
import { useAccount } from './use-account.ts';

const roles = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
const FIRST: SessionMember = { id: 'member-1', name: '陈晓', roles };
const SECOND: SessionMember = { id: 'member-2', name: '李伟', roles };

/** The simulated network: whose cookie the browser has, and whether anything answers. */
let cookie: SessionMember | null;
let online: boolean;

beforeEach(() => {
  setActivePinia(createPinia());
  localStorage.clear();
  indexedDB.deleteDatabase('accounts');
  cookie = FIRST;
  online = true;
  vi.stubGlobal('fetch', (path: string, { method }: RequestInit) => {
    if (!online) return Promise.reject(new TypeError('no network'));
    if (path === '/api/session' && method === 'DELETE') {
      cookie = null;
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    if (path === '/api/session' && cookie) return Promise.resolve(Response.json(cookie));
    return Promise.resolve(Response.json({ error: { code: 'unauthenticated' } }, { status: 401 }));
  });
});

afterEach(async () => {
  await useSession().opened?.close();
  vi.unstubAllGlobals();
});

async function signOutOffline(): Promise<void> {
  const account = useAccount();
  await account.enter(FIRST);
  online = false;
  await account.signOut();
}

test('a sign-out without a network is finished at the next start', async () => {
  await signOutOffline();
  online = true;
  await useAccount().resume();
  expect([cookie, useSession().state]).toEqual([null, 'signedOut']);
});

test('a sign-in after it is not ended by it', async () => {
  await signOutOffline();
  online = true;
  cookie = SECOND;
  await useAccount().enter(SECOND);
  await useSession().opened?.close();
  setActivePinia(createPinia());
  await useAccount().resume();
  expect(cookie).toBe(SECOND);
  expect(useSession().member?.id).toBe(SECOND.id);
});

test('who has signed out is not let in again by the cookie that a lost network left behind', async () => {
  await signOutOffline();
  const failing = vi.fn(() => {
    online = true;
    return Promise.reject(new TypeError('the network comes back a moment too late'));
  });
  const later = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    failing.mock.calls.length === 0 ? failing() : later(path, init),
  );
  await useAccount().resume();
  expect(useSession().state).toBe('signedOut');
});

test('a browser that was killed before localStorage was on the disk still opens for the member of last time', async () => {
  await useAccount().enter(FIRST);
  await useSession().opened?.close();
  localStorage.clear();
  setActivePinia(createPinia());
  online = false;
  await useAccount().resume();
  expect(useSession().member).toMatchObject({ id: FIRST.id });
});

test('and not for somebody whose sign-out localStorage forgot', async () => {
  await useAccount().enter(FIRST);
  const before = { ...localStorage };
  online = false;
  await useAccount().signOut();
  for (const [key, value] of Object.entries(before)) localStorage.setItem(key, value as string);
  setActivePinia(createPinia());
  await useAccount().resume();
  expect(useSession().state).toBe('signedOut');
});

test('[TB2] each sign-in is noted down, and a start is none', async () => {
  const noted = async () => {
    const db = new OutboxDatabase(FIRST.id);
    const { value } = (await db.meta.get('signIn'))!;
    db.close();
    return value;
  };
  await useAccount().enter(FIRST);
  const first = await noted();
  await useAccount().enter(FIRST);
  const again = await noted();
  await useSession().opened?.close();
  setActivePinia(createPinia());
  await useAccount().resume();
  expect([typeof first, again === first, (await noted()) === again]).toEqual(['string', false, true]);
});
