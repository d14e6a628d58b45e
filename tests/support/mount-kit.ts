import { mount, type MountingOptions, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { createMessages } from '../../src/i18n/create-i18n.ts';

/** Mounts a part of the kit as the application does: with its words, its stores and a router. For tests. */
export function mountKit(component: Component, options: MountingOptions<Record<string, unknown>> = {}): VueWrapper {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { template: '<div />' } }],
  });
  return mount(component, {
    attachTo: document.body,
    ...options,
    global: { plugins: [createMessages().i18n, createPinia(), router], ...options.global },
  }) as VueWrapper;
}
