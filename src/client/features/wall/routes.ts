import type { RouteRecordRaw } from 'vue-router';

/** 心愿墙, for every member. */
export const routes: RouteRecordRaw[] = [
  { path: '/wall', name: 'wall', component: () => import('./WallPage.vue') },
  {
    path: '/wall/:communityId/:cardId',
    name: 'wish-card',
    component: () => import('./CardPage.vue'),
    props: true,
  },
];
