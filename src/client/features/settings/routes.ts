import type { RouteRecordRaw } from 'vue-router';

/** 我的: how it looks, this phone, one's devices, the way out. */
export const routes: RouteRecordRaw[] = [
  { path: '/me', name: 'me', component: () => import('./MePage.vue') },
  { path: '/me/devices', name: 'devices', component: () => import('./DevicesPage.vue') },
  { path: '/me/carried', name: 'carried', component: () => import('./CarriedPage.vue') },
  { path: '/me/password', name: 'password', component: () => import('./PasswordPage.vue') },
  { path: '/me/install', name: 'install', component: () => import('./InstallPage.vue') },
];
