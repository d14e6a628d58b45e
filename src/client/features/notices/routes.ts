import type { RouteRecordRaw } from 'vue-router';

/** 消息: what others did that this member should know of. */
export const routes: RouteRecordRaw[] = [
  { path: '/notices', name: 'notices', component: () => import('./NoticesPage.vue') },
];
