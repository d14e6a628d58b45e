import { defineStore } from 'pinia';
import { ref } from 'vue';
import { noWallFilter } from './wall-filter.ts';
import type { WallFilter, WallState } from './wall-filter.ts';

/** How many cards a list begins with, and grows by. */
export const WALL_STEP = 30;

/** What one looks for on the wall outlives a look at a card. */
export const useWallStore = defineStore('wall', () => {
  const filter = ref<WallFilter>(noWallFilter());
  const state = ref<WallState>('open');
  const shown = ref(WALL_STEP);
  return { filter, state, shown };
});
