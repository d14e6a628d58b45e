import type { RouteRecordRaw } from 'vue-router';

/** 管理: the office, its communities with grids, estates and buildings, and every member. */
export const routes: RouteRecordRaw[] = [
  { path: '/admin', name: 'admin', component: () => import('./OverviewPage.vue') },
  { path: '/admin/members', name: 'admin-members', component: () => import('./MembersPage.vue') },
  { path: '/admin/terms', name: 'admin-terms', component: () => import('./TermsPage.vue') },
  {
    path: '/admin/communities/:communityId',
    name: 'admin-community',
    component: () => import('./CommunityPage.vue'),
    props: true,
  },
  {
    path: '/admin/communities/:communityId/estates/:estateId',
    name: 'admin-estate',
    component: () => import('./EstatePage.vue'),
    props: true,
  },
  {
    path: '/admin/communities/:communityId/estates/:estateId/new',
    name: 'admin-new-buildings',
    component: () => import('./NewBuildingsPage.vue'),
    props: true,
  },
  {
    path: '/admin/communities/:communityId/buildings/:buildingId',
    name: 'admin-building',
    component: () => import('./BuildingPage.vue'),
    props: true,
  },
];
