import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { pinyin } from 'pinyin-pro';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router';
import { newCacheDisk, openMemoryCache } from './memory-cache-store.ts';
import { newOutboxDisk, openMemoryOutbox } from './memory-outbox-store.ts';
import { buildCatalogue } from '../../src/domain/catalogue/catalogue-build.ts';
import { mutators } from '../../src/domain/mutation/mutators.ts';
import type { RefusalCode } from '../../src/domain/mutation/refusal.ts';
import { derivedId } from '../../src/domain/place/place.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import {
  communitySpace,
  contactSpace,
  gridSpace,
  memberSpace,
  OFFICE,
  type SpaceId,
} from '../../src/domain/space/space.ts';
import { createMessages } from '../../src/i18n/create-i18n.ts';
import { contentHash, digestAdd, EMPTY_DIGEST } from '../../src/protocol/digest.ts';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { SyncEngine } from '../../src/sync/engine-api.ts';
import { emptySpace } from '../../src/sync/empty-cache.ts';
import { createSyncEngine } from '../../src/sync/engine.ts';
import { type CacheState } from '../../src/sync/cache-port.ts';
import { StorageFull } from '../../src/sync/outbox-port.ts';
import { TransportError } from '../../src/sync/transport-port.ts';
import { DraftsForgotten, type DraftStore } from '../../src/client/db/open-draft-store.ts';
import { useSession } from '../../src/client/stores/session.ts';
import type { BuildingHere } from '../../src/client/features/door/place-of.ts';
import { routes } from '../../src/client/features/door/routes.ts';

const idOf = (name: string): string => derivedId('phone for tests', name);
export const MEMBER = idOf('member');
export const COMMUNITY = idOf('community');
export const GRID = idOf('grid');
const ROLES = { volunteer: [GRID], claimer: false, unit: null, coordinator: [COMMUNITY], admin: false };

const room = (label: string) => ({ id: idOf(label), label });
/** 3幢 of 凤凰苑: one entrance, two floors, two doors on each. */
export const BUILDING: BuildingHere = {
  id: idOf('building'),
  communityId: COMMUNITY,
  estateName: '凤凰苑',
  data: {
    name: '3幢',
    estateId: idOf('estate'),
    gridId: GRID,
    entrances: [
      {
        id: idOf('entrance'),
        label: '1单元',
        floors: [
          { id: idOf('floor 1'), label: '1', rooms: [room('101'), room('102')] },
          { id: idOf('floor 2'), label: '2', rooms: [room('201'), room('202')] },
        ],
      },
    ],
  },
};
export const roomId = (label: string): string => idOf(label);

const catalogue = buildCatalogue((text) => pinyin(text, { toneType: 'none', type: 'array' }));

export interface TestPhone {
  engine: SyncEngine;
  drafts: DraftStore & { kept: Map<string, unknown> };
  /** The disk is full: every save fails until it is set back. */
  full: { value: boolean };
  /** Another tab has pulled these, places of the community where no space is named. */
  arrive(records: { kind: string; id: string; data: unknown }[], space?: SpaceId): Promise<void>;
  /** The network is back for one pass, and the server refuses all that waits with this code. */
  refuseAll(code: RefusalCode): Promise<void>;
}

/** The server's answer that refuses everything of the request and has nothing new. */
function refusal(
  request: SyncRequest,
  code: RefusalCode,
  state: CacheState,
  lastSeqs: Map<string, number>,
): SyncResponse {
  for (const { space, mutations } of request.push) lastSeqs.set(space, mutations.at(-1)?.seq ?? 0);
  const pushed = request.push.map(({ space, mutations }) => ({
    space,
    lastSeq: mutations.at(-1)?.seq ?? 0,
    receipts: mutations.map(({ seq, mid }) => ({ seq, mid, status: 'rejected' as const, code, data: {}, ver: 1 })),
    stop: null,
  }));
  const pages = request.pull.map(({ space, cursor }) => ({
    space,
    from: cursor,
    rows: [],
    cursor: cursor ?? { ver: 1, id: '' },
    upTo: 1,
    done: true,
    lastSeq: lastSeqs.get(space) ?? 0,
    receipts: [],
    digest: null,
  }));
  const { allowed, epoch } = state;
  const member = { id: MEMBER, name: '陈晓', roles: ROLES };
  return { epoch: epoch ?? '', serverTime: 0, member, revoked: false, allowed, pushed, pages, resets: [] };
}

/** The phone of a volunteer who also coordinates, without a network: the real engine and rules, over stores in memory. */
export async function openPhone(): Promise<TestPhone> {
  const cache = newCacheDisk();
  const spaces = [OFFICE, communitySpace(COMMUNITY), gridSpace(GRID), contactSpace(GRID), memberSpace(MEMBER)];
  cache.state.client = 'client';
  cache.state.epoch = 'epoch';
  cache.state.allowed = spaces.map((id) => ({ id, community: id.startsWith('grid') ? COMMUNITY : null, ver: 1 }));
  cache.state.member = { id: MEMBER, name: '陈晓', roles: ROLES };
  const hold = (space: string, k: string, id: string, d: unknown): void => {
    const digest = digestAdd(cache.spaces.get(space)?.digest ?? EMPTY_DIGEST, {
      kind: k,
      id,
      ver: 1,
      content: contentHash(JSON.stringify(d)),
    });
    cache.spaces.set(space, { id: space, cursor: null, upTo: 1, done: true, appliedSeq: 0, receiptsAfter: 0, digest });
    cache.rows.set(space, (cache.rows.get(space) ?? new Map()).set(`${k}/${id}`, { k, id, ver: 1, d }));
  };
  hold(OFFICE, 'office', 'office', { name: '望江街道', phone: '', catalogueVersion: catalogue.version });
  hold(OFFICE, 'catalogue', `v${catalogue.version}`, catalogue);
  hold(OFFICE, 'community', COMMUNITY, { name: '清泰门社区', phone: '0571-5550 0101' });
  hold(communitySpace(COMMUNITY), 'grid', GRID, { name: '第一网格', isDefault: true });
  hold(communitySpace(COMMUNITY), 'estate', BUILDING.data.estateId, { name: '凤凰苑', gridId: GRID });
  hold(communitySpace(COMMUNITY), 'building', BUILDING.id, BUILDING.data);

  const full = { value: false };
  const outbox = openMemoryOutbox(newOutboxDisk(), () => 'client');
  const { add } = outbox;
  outbox.add = (rows, media) => (full.value ? Promise.reject(new StorageFull('full')) : add(rows, media));
  const lastSeqs = new Map<string, number>();
  let refuseWith: RefusalCode | null = null;
  let made = 0;
  const engine = await createSyncEngine({
    memberId: MEMBER,
    build: 'test',
    outbox,
    cache: openMemoryCache(cache),
    transport: {
      sync: (request) =>
        refuseWith === null
          ? Promise.reject(new TransportError('offline'))
          : Promise.resolve(refusal(request, refuseWith, cache.state, lastSeqs)),
    },
    clock: { now: () => Date.now(), ticks: () => performance.now(), after: () => () => undefined },
    ids: { record: () => idOf(`record ${(made += 1)}`), mutation: () => `mutation ${(made += 1)}`, random: () => 0 },
    locks: { ifFree: (_name, run) => run() },
    mutators,
    indexes,
  });
  const kept = new Map<string, unknown>();
  const forgotten = new Set<() => void>();
  let isForgotten = false;
  const drafts = {
    kept,
    get: (key: string) => Promise.resolve(kept.get(key)),
    put: async (key: string, value: unknown) => {
      if (isForgotten) throw new DraftsForgotten('no draft is taken');
      kept.set(key, value);
    },
    remove: (key: string) => Promise.resolve(void kept.delete(key)),
    keys: () => Promise.resolve([...kept.keys()]),
    forget: async () => {
      isForgotten = true;
      for (const listener of forgotten) listener();
      kept.clear();
    },
    takeAgain: () => {
      isForgotten = false;
    },
    onForgotten: (listener: () => void) => {
      forgotten.add(listener);
      return () => forgotten.delete(listener);
    },
    close: () => undefined,
  };
  return {
    engine,
    drafts,
    full,
    async arrive(records, space = communitySpace(COMMUNITY)) {
      const known = cache.spaces.get(space) ?? emptySpace(space);
      let { digest } = known;
      const rows = records.map(({ kind, id, data }) => {
        digest = digestAdd(digest, { kind, id, ver: 2, content: contentHash(JSON.stringify(data)) });
        return { k: kind, id, ver: 2, d: data };
      });
      await openMemoryCache(cache).applyPage({
        space,
        from: known.cursor,
        receiptsFrom: known.receiptsAfter,
        rows,
        next: { ...known, cursor: { ver: 2, id: '~' }, digest },
        receipts: [],
      });
      await flushPromises();
    },
    async refuseAll(code) {
      refuseWith = code;
      // The first may only join a pass that began before.
      await engine.syncNow();
      await engine.syncNow();
      refuseWith = null;
    },
  };
}

/** The pages of the door at an address, as they stand in the application. */
export async function visitPage(phone: TestPhone, path: string): Promise<{ page: VueWrapper; router: Router }> {
  const pinia = createPinia();
  useSession(pinia).enter({ id: MEMBER, name: '陈晓', roles: ROLES }, { ...phone, close: () => Promise.resolve() });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [...routes, { path: '/:rest(.*)*', component: { render: () => null } }],
  });
  await router.push(path);
  const { i18n, loadRooms } = createMessages();
  await loadRooms(['door', 'consent']);
  const plugins = [i18n, pinia, router];
  const page = mount(RouterView, { attachTo: document.body, global: { plugins } }) as VueWrapper;
  await flushPromises();
  return { page, router };
}

/** One component over this phone, with the words of these rooms beside those of the shell. */
export async function mountOnPhone(
  phone: TestPhone,
  component: Component,
  props: Record<string, unknown>,
  rooms: readonly string[] = [],
): Promise<VueWrapper> {
  const pinia = createPinia();
  useSession(pinia).enter({ id: MEMBER, name: '陈晓', roles: ROLES }, { ...phone, close: () => Promise.resolve() });
  const anywhere = [{ path: '/:rest(.*)*', component: { render: () => null } }];
  const router = createRouter({ history: createMemoryHistory(), routes: anywhere });
  const { i18n, loadRooms } = createMessages();
  await loadRooms(rooms);
  const global = { plugins: [i18n, pinia, router] };
  const page = mount(component, { attachTo: document.body, props, global }) as VueWrapper;
  await flushPromises();
  return page;
}

/** The first button or link whose words hold this. */
export async function press(page: VueWrapper, words: string): Promise<void> {
  const found = page.findAll('button, a, input[type=radio]').find((one) => one.text().includes(words));
  if (!found) throw new Error(`nothing to press says ${words}: ${page.text()}`);
  await found.trigger('click');
  await flushPromises();
}

/** The same in the sheet that is open, which does not lie within the page. */
export async function pressInSheet(words: string): Promise<void> {
  const buttons = [...document.querySelectorAll<HTMLElement>('.sheet button')];
  const found = buttons.find(({ textContent }) => textContent.includes(words));
  if (!found) throw new Error(`no sheet has a button that says ${words}: ${document.body.textContent}`);
  found.click();
  await flushPromises();
}
