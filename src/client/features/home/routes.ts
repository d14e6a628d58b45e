import type { RouteRecordRaw } from 'vue-router';

/** 首页, for volunteers; others begin where their work is. */
export const routes: RouteRecordRaw[] = [{ path: '/', name: 'home', component: () => import('./HomePage.vue') }];
