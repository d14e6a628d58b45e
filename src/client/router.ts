import { createRouter, createWebHistory, START_LOCATION, type RouteRecordRaw, type Router } from 'vue-router';
import { startFor } from './composables/use-navigation.ts';
import { routes as account } from './features/account/routes.ts';
import { routes as admin } from './features/admin/routes.ts';
import { routes as attention } from './features/attention/routes.ts';
import { routes as claims } from './features/claims/routes.ts';
import { routes as desk } from './features/desk/routes.ts';
import { routes as door } from './features/door/routes.ts';
import { routes as home } from './features/home/routes.ts';
import { routes as notices } from './features/notices/routes.ts';
import { routes as records } from './features/records/routes.ts';
import { routes as settings } from './features/settings/routes.ts';
import { routes as wall } from './features/wall/routes.ts';
import { useSession } from './stores/session.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Needs nobody signed in. */
    open?: boolean;
    /** Files of i18n that the feature speaks with, beside those of the shell. */
    words?: readonly string[];
  }
}

const withWords = (feature: readonly RouteRecordRaw[], ...words: string[]): RouteRecordRaw[] =>
  feature.map((route) => ({ ...route, meta: { ...route.meta, words } }));

const routes: RouteRecordRaw[] = [
  ...home,
  ...withWords(door, 'door', 'consent', 'term'),
  ...withWords(wall, 'wall'),
  ...withWords(claims, 'claims'),
  ...withWords(desk, 'desk', 'members', 'consent', 'term'),
  ...withWords(admin, 'admin', 'members', 'term'),
  ...records,
  ...withWords(attention, 'term'),
  ...notices,
  ...settings,
  ...account,
  { path: '/:rest(.*)*', name: 'lost', component: () => import('./features/home/LostPage.vue') },
];

/** `resumed`: when it is known who is in. `loadRooms` fetches the words of a feature, while its page comes. */
export function createAppRouter(
  resumed: Promise<unknown>,
  loadRooms: (names: readonly string[]) => Promise<void>,
): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  });
  router.beforeEach(async (to, from) => {
    await resumed;
    const session = useSession();
    // What was kept of the first screen answers for no other.
    if (from !== START_LOCATION) {
      await session.engine?.leaveFirstScreen().catch(() => {
        session.state = 'broken';
      });
    }
    if (session.state === 'broken') return true;
    if (session.state !== 'signedIn' && !to.meta.open) {
      return { path: '/signin', query: to.path === '/' ? {} : { next: to.fullPath } };
    }
    // Home is the volunteer's; everyone else begins where their work is.
    const start = startFor(session.roles);
    if (to.path === '/' && start !== '/') return { path: start, replace: true };
    return true;
  });
  const coming = new Map<string, Promise<void>>();
  router.beforeEach((to) => {
    const words = loadRooms(to.meta.words ?? []);
    // Awaited below; a failure is that navigation's, not an unhandled one.
    words.catch(() => undefined);
    coming.set(to.fullPath, words);
  });
  router.beforeResolve(async (to) => {
    await coming.get(to.fullPath);
    coming.delete(to.fullPath);
  });
  return router;
}
