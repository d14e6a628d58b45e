import type { RouteRecordRaw } from 'vue-router';

/** 我的记录: each save on this phone, and where it stands. */
export const routes: RouteRecordRaw[] = [
  { path: '/records', name: 'records', component: () => import('./RecordsPage.vue') },
];
