import type { RouteRecordRaw } from 'vue-router';

/** Coming in: open to people whom nobody has signed in yet. */
export const routes: RouteRecordRaw[] = [
  { path: '/signin', name: 'signin', component: () => import('./SignInPage.vue'), meta: { open: true } },
  { path: '/setup', name: 'setup', component: () => import('./SetupPage.vue'), meta: { open: true } },
  { path: '/join', name: 'join', component: () => import('./JoinPage.vue'), meta: { open: true } },
];
