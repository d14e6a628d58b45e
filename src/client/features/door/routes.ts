import type { RouteRecordRaw } from 'vue-router';

/** The volunteer's work: 走访, 记一件 and the slip that stays at the door. */
export const routes: RouteRecordRaw[] = [
  { path: '/door', name: 'door-places', component: () => import('./PlacesPage.vue') },
  { path: '/door/:buildingId', name: 'door-building', component: () => import('./BuildingPage.vue'), props: true },
  { path: '/door/:buildingId/:roomId', name: 'door', component: () => import('./DoorPage.vue'), props: true },
  { path: '/door/ticket/:gridId/:id', name: 'door-ticket', component: () => import('./TicketPage.vue'), props: true },
  { path: '/log', name: 'log', component: () => import('./LogRoute.vue') },
  { path: '/slip/:gridId/:slipId', name: 'slip', component: () => import('./SlipPage.vue'), props: true },
];
