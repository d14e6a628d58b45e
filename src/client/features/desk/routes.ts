import type { RouteRecordRaw } from 'vue-router';

/** 受理、台账、待定记录、手机和成员, for coordinators. */
export const routes: RouteRecordRaw[] = [
  { path: '/desk', name: 'desk', component: () => import('./InboxPage.vue') },
  { path: '/desk/tickets', name: 'ledger', component: () => import('./LedgerPage.vue') },
  { path: '/desk/tickets/:gridId/:id', name: 'ticket', component: () => import('./TicketPage.vue'), props: true },
  { path: '/desk/held', name: 'held', component: () => import('./HeldPage.vue') },
  { path: '/desk/devices', name: 'deskDevices', component: () => import('./DevicesPage.vue') },
  { path: '/desk/members', name: 'members', component: () => import('./MembersPage.vue') },
];
