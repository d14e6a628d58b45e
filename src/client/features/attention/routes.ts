import type { RouteRecordRaw } from 'vue-router';

/** 需处理: what was refused, is held, or met another's edit. */
export const routes: RouteRecordRaw[] = [
  { path: '/attention', name: 'attention', component: () => import('./AttentionPage.vue') },
];
