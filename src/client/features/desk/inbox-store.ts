import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Queue } from './inbox.ts';

/** Which queue and ticket stand open outlives a look at another page. */
export const useInboxStore = defineStore('desk-inbox', () => {
  const queue = ref<Queue>('new');
  const selected = ref<{ gridId: string; id: string } | null>(null);
  const lastIndex = ref(0);
  return { queue, selected, lastIndex };
});
