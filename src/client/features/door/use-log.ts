import { v7 as newId } from 'uuid';
import { computed, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import { findItem } from '../../../domain/catalogue/find-item.ts';
import type { Place } from '../../../domain/place/place.ts';
import { slipCodeFrom } from '../../../domain/slip/slip-code.ts';
import { useCatalogue } from '../../composables/use-catalogue.ts';
import { useDraft } from '../../composables/use-draft.ts';
import { useActor, useEngine } from '../../composables/use-engine.ts';
import { useSave } from '../../composables/use-save.ts';
import { askedPlace, isSamePlace } from './asked-place.ts';
import { browserRandom, randomPin } from './four-digits.ts';
import { markJustSaved } from './just-saved.ts';
import { emptyForm, faultsOf, isWorthKeeping, kindFor, textFromSearch, type LogForm } from './log-form.ts';
import { logRequests, NOTHING_YET, type Makers, type Reuse } from './log-requests.ts';
import { readRefused } from './resend.ts';
import { leaveSharedSlip, reuseAt } from './reuse.ts';
import { usePlaces } from './use-places.ts';

const SLIP_CODE_BYTES = 9;

const makers: Makers = {
  id: newId,
  slipCode: () => slipCodeFrom(browserRandom(SLIP_CODE_BYTES)),
  pin: () => randomPin(browserRandom),
};

/** 记一件: the draft, what it still lacks, and the one save that everything goes into. */
export function useLog() {
  const route = useRoute();
  const router = useRouter();
  const engine = useEngine();
  const actor = useActor();
  const catalogue = useCatalogue();
  const { grids, buildings } = usePlaces();
  const { save, busy, error } = useSave();

  const word = (name: string): string | undefined => {
    const value = route.query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const again = word('again');
  const slipId = word('slip') ?? null;
  const refused = again === undefined ? undefined : readRefused(engine.waiting(), again);
  const asked = (): Place | null =>
    askedPlace({ room: word('room'), building: word('building'), grid: word('grid') }, buildings.value, grids.value);

  const { draft, restored, clear } = useDraft<LogForm>(
    () => (refused ? `log:again:${again}` : 'log'),
    () => (refused ? { ...refused.form } : emptyForm(asked())),
  );
  const saved = ref(false);
  const tried = ref(false);

  // Only a place was chosen before: at another door it would be the wrong one.
  watch(restored, (now) => {
    if (now && !isWorthKeeping(draft.value)) void clear();
  });
  /** Something half-written belongs to another door than the one that was just asked for. */
  const elsewhere = computed(
    () => restored.value && !refused && asked() !== null && !isSamePlace(draft.value.place, asked()),
  );

  const item = computed<CatalogueItem | undefined>(() =>
    catalogue.value ? findItem(catalogue.value, draft.value.item) : undefined,
  );
  const faults = computed(() => (tried.value ? faultsOf(draft.value, item.value) : []));
  const reuse = computed<Reuse>(() => {
    const { place } = draft.value;
    if (!place) return NOTHING_YET;
    const sensitive = item.value?.sensitive === true;
    const here = reuseAt(engine.view, actor.value.id, { place, sensitive, slipId }, Date.now());
    if (!refused) return here;
    const kept = isSamePlace(place, refused.form.place) ? refused.reuse : { ...refused.reuse, visit: here.visit };
    return sensitive ? leaveSharedSlip(engine.view, place, kept) : kept;
  });

  function chooseItem(chosen: CatalogueItem, query: string): void {
    draft.value.item = chosen.code;
    draft.value.kind = kindFor(chosen, draft.value.kind);
    draft.value.text = textFromSearch(draft.value.text, query);
  }

  /** True when it is on the disk; the page has gone on to the slip then. */
  async function saveMatter(publish: boolean): Promise<boolean> {
    tried.value = true;
    // What is saved is no longer the form's: a copy without its reactivity goes to the outbox.
    const form = JSON.parse(JSON.stringify(draft.value)) as LogForm;
    const { place } = form;
    if (faultsOf(form, item.value).length > 0 || !place || !item.value || !catalogue.value) return false;
    const matter = { form, place, item: item.value, itemVersion: catalogue.value.version, publish };
    const made = logRequests(matter, reuse.value, makers);
    if (!(await save(made.requests))) return false;
    saved.value = true;
    for (const mid of refused?.replaced ?? []) await engine.putAside(mid);
    if (place.roomId !== null) markJustSaved(place.roomId);
    await clear();
    await router.replace(`/slip/${place.gridId}/${made.slipId}?saved=${made.ticketId}`);
    return true;
  }

  return {
    draft,
    restored,
    clear,
    elsewhere,
    item,
    catalogue,
    faults,
    busy,
    error,
    saved,
    refused,
    missingRefused: again !== undefined && !refused,
    known: computed(() => reuse.value.contact !== null && !reuse.value.contact.put),
    asked,
    buildingId: word('building'),
    chooseItem,
    saveMatter,
  };
}
