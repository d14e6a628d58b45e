import { v7 as newId } from 'uuid';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import type { CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import { findItem } from '../../../domain/catalogue/find-item.ts';
import type { AddedMedia } from '../../../domain/photo/media-args.ts';
import type { Place } from '../../../domain/place/place.ts';
import { slipCodeFrom } from '../../../domain/slip/slip-code.ts';
import type { View } from '../../../sync/engine-api.ts';
import { useCatalogue } from '../../composables/use-catalogue.ts';
import { useDraft } from '../../composables/use-draft.ts';
import { useActor, useEngine } from '../../composables/use-engine.ts';
import { useNow } from '../../composables/use-now.ts';
import { usePhotoStrip } from '../../composables/use-photo-strip.ts';
import { useSave } from '../../composables/use-save.ts';
import { useTakenMedia } from '../../composables/use-taken-media.ts';
import { useToast } from '../../composables/use-toast.ts';
import { useFromView } from '../../composables/use-view.ts';
import { useSession } from '../../stores/session.ts';
import { askedPlace, isSamePlace } from './asked-place.ts';
import { browserRandom, randomPin } from './four-digits.ts';
import { markJustSaved } from './just-saved.ts';
import { emptyForm, faultsOf, isWorthKeeping, kindFor, textFromSearch, type LogForm, type Made } from './log-form.ts';
import { logRequests, NOTHING_YET, type Matter, type Reuse } from './log-requests.ts';
import { readRefused } from './resend.ts';
import { takeAgain } from './take-again.ts';
import { leaveSharedSlip, reuseAt } from './reuse.ts';
import { usePlaces } from './use-places.ts';

const SLIP_CODE_BYTES = 9;

const makeOnce = (): Made => ({
  ticket: newId(),
  visit: newId(),
  contact: newId(),
  slip: newId(),
  slipCode: slipCodeFrom(browserRandom(SLIP_CODE_BYTES)),
  pin: randomPin(browserRandom),
});

/** 记一件: the draft, what it still lacks, and the one save that everything goes into. */
export function useLog() {
  const route = useRoute();
  const router = useRouter();
  const engine = useEngine();
  const { drafts } = useSession();
  const actor = useActor();
  const catalogue = useCatalogue();
  const { grids, buildings } = usePlaces();
  const { save, busy, error } = useSave();
  const { say } = useToast();
  const now = useNow();
  const { t } = useI18n();

  const word = (name: string): string | undefined => {
    const value = route.query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const again = word('again');
  const slipId = word('slip') ?? null;
  const refused = again === undefined ? undefined : readRefused(engine.waiting(), again);
  const asked = (): Place | null =>
    askedPlace({ room: word('room'), building: word('building'), grid: word('grid') }, buildings.value, grids.value);

  const draftKey = (): string => (refused ? `log:again:${again}` : 'log');
  const {
    draft,
    restored,
    startOver,
    clear: clearForm,
  } = useDraft<LogForm>(draftKey, () => ({ ...(refused ? refused.form : emptyForm(asked())), made: makeOnce() }));
  const strip = usePhotoStrip(() => ({ place: draft.value.place }));
  const taken = useTakenMedia(draftKey, 'logged', { strip });
  const takeBack = async (media: AddedMedia): Promise<boolean> => {
    const one = await takeAgain(engine.media, media);
    if (one) await taken.keep(one);
    return one !== null;
  };
  /** Whether all that was taken for a refused matter is in this form again. */
  const takeAllBack = async (): Promise<boolean> => {
    const all = await Promise.allSettled((refused?.media ?? []).map(takeBack));
    return all.every((one) => one.status === 'fulfilled' && one.value);
  };
  let mediaBack = takeAllBack();
  // The form was emptied [RV1], and begins anew with what was refused: without its photos it would put them aside.
  const stopListening = drafts?.onForgotten(() => (mediaBack = takeAllBack()));
  onScopeDispose(() => stopListening?.());
  /** Photos first: a form without them is offered again, photos without a form would hang on to the next one. */
  async function clear(): Promise<void> {
    await taken.clear();
    await clearForm();
  }
  /** The matter of this draft lies in the outbox, whether it has gone from there or not. */
  const isSaved = ({ made }: LogForm): boolean =>
    made !== undefined && engine.waiting().some(({ row }) => row.name === 'ticket.log' && row.about?.id === idOf(made));
  /** A refused matter that is sent again keeps its id where that was not the trouble; then its rows tell nothing. */
  const idOf = (made: Made): string | null => ((refused?.reuse.ticketId ?? null) === null ? made.ticket : null);

  // The address may be opened before the buildings are here.
  watch(asked, (place) => {
    if (place && draft.value.place === null) startOver();
  });

  const saved = ref(false);
  const tried = ref(false);

  // Only a place was chosen before: at another door it would be the wrong one.
  watch(restored, (now) => {
    if (!now) return;
    // Saved before, and could not be put away then: offered again it would be written twice.
    if (!isWorthKeeping(draft.value) || isSaved(draft.value)) void clear();
    else draft.value.made ??= makeOnce();
  });
  /** Something half-written belongs to another door than the one that was just asked for. */
  const elsewhere = computed(
    () => restored.value && !refused && asked() !== null && !isSamePlace(draft.value.place, asked()),
  );

  const item = computed<CatalogueItem | undefined>(() =>
    catalogue.value ? findItem(catalogue.value, draft.value.item) : undefined,
  );
  const faults = computed(() => (tried.value ? faultsOf(draft.value, item.value) : []));
  function reuseIn(view: View, place: Place | null, sensitive: boolean): Reuse {
    if (!place) return NOTHING_YET;
    const here = reuseAt(view, actor.value.id, { place, sensitive, slipId }, now.value);
    if (!refused) return here;
    const kept = isSamePlace(place, refused.form.place) ? refused.reuse : { ...refused.reuse, visit: here.visit };
    return sensitive ? leaveSharedSlip(view, place, kept) : kept;
  }
  const reuse = useFromView<Reuse>(
    NOTHING_YET,
    (view) => reuseIn(view, draft.value.place, item.value?.sensitive === true),
    () => false,
  );

  function chooseItem(chosen: CatalogueItem, query: string): void {
    draft.value.item = chosen.code;
    draft.value.kind = kindFor(chosen, draft.value.kind);
    draft.value.text = textFromSearch(draft.value.text, query);
  }

  /** Whose slip it goes onto is decided by all that stands on it, and by what is saved: the form may go on changing. */
  async function sharedWith({ place, item: { sensitive } }: Pick<Matter, 'place' | 'item'>): Promise<Reuse | null> {
    try {
      return await engine.view.whole(() => reuseIn(engine.view, place, sensitive));
    } catch {
      error.value = t('error.storage');
      return null;
    }
  }

  /** True when it is on the disk; the page has gone on to the slip then. */
  async function saveMatter(publish: boolean): Promise<boolean> {
    tried.value = true;
    // What is saved is no longer the form's: a copy without its reactivity goes to the outbox.
    const form = JSON.parse(JSON.stringify(draft.value)) as LogForm;
    const { place } = form;
    const chosen = catalogue.value && findItem(catalogue.value, form.item);
    const bringing = mediaBack;
    const isMediaBack = await bringing;
    if (taken.busy.value || bringing !== mediaBack) return false;
    if (faultsOf(form, chosen).length > 0 || !place || !chosen || !catalogue.value) return false;
    const matter = {
      form,
      place,
      item: chosen,
      itemVersion: catalogue.value.version,
      publish,
      taken: { media: taken.args.value, files: taken.files.value },
    };
    const shared = await sharedWith(matter);
    if (shared === null) return false;
    const made = logRequests(matter, shared, (draft.value.made ??= makeOnce()));
    if (!saved.value && !isSaved(form) && !(await save(made.requests))) return false;
    saved.value = true;
    if (place.roomId !== null) markJustSaved(place.roomId);
    await putAway(isMediaBack);
    await router.replace(`/slip/${place.gridId}/${made.slipId}?saved=${made.ticketId}`);
    return true;
  }

  /** It is saved: nothing here may send its author back to a form that they would fill in twice. */
  async function putAway(isMediaBack: boolean): Promise<void> {
    // Photos that could not be read again go with nothing: their row goes on standing in 需处理.
    const replaced = (refused?.replaced ?? []).filter((mid) => isMediaBack || mid !== refused?.mediaMid);
    const rest = await Promise.allSettled([...replaced.map((mid) => engine.putAside(mid)), clear()]);
    // What was refused still stands in 需处理; the draft is known by its ids and thrown away when it comes back.
    if (rest.some(({ status }) => status === 'rejected')) say(t('door.log.notPutAway'), 'info');
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
    taken,
    refused,
    missingRefused: again !== undefined && !refused,
    known: computed(() => reuse.value.contact !== null && !reuse.value.contact.put),
    asked,
    buildingId: word('building'),
    chooseItem,
    saveMatter,
  };
}
