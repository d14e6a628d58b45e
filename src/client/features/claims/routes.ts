import type { RouteRecordRaw } from 'vue-router';

/** 我的认领, for claimers. */
export const routes: RouteRecordRaw[] = [
  { path: '/claims', name: 'claims', component: () => import('./ClaimsPage.vue') },
  { path: '/claims/:id', name: 'claim', component: () => import('./ClaimPage.vue'), props: true },
];
