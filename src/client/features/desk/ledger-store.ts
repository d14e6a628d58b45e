import { defineStore } from 'pinia';
import { ref } from 'vue';
import { noLedgerFilter } from './ledger-filter.ts';
import type { LedgerFilter } from './ledger-filter.ts';

/** How many rows the ledger begins with, and grows by. */
export const LEDGER_STEP = 40;

/** What one looks for in the ledger outlives a look at a ticket; it never stands in an address. */
export const useLedgerStore = defineStore('desk-ledger', () => {
  const filter = ref<LedgerFilter>(noLedgerFilter());
  const wanted = ref(LEDGER_STEP);
  return { filter, wanted };
});
