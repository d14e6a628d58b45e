import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { MediaStage, SoundType } from '../../domain/photo/media.ts';
import type { AddedMedia } from '../../domain/photo/media-args.ts';
import { roomLeft, type MediaRoom } from '../../domain/photo/media-room.ts';
import type { MediaBytes } from '../../sync/engine-api.ts';
import { isShot } from '../photos/is-shot.ts';
import { preparePhoto } from '../photos/prepare-photo.ts';
import { takenPhoto, takenSound, type TakenMedia } from '../photos/taken-media.ts';
import { usePreferences } from '../stores/preferences.ts';
import { useSession } from '../stores/session.ts';
import { useOpenForm } from './open-forms.ts';
import type { PhotoStrip } from './use-photo-strip.ts';

/** `unkept`: it stands in the form alone, for the drafts did not take it. */
export type TakeFault = 'unreadable' | 'unkept' | 'full' | 'insecure';

export interface TakenMediaForm {
  taken: Readonly<Ref<readonly TakenMedia[]>>;
  /** What the mutation says of them, and the bytes for the same transaction. */
  args: ComputedRef<AddedMedia[]>;
  files: ComputedRef<MediaBytes[]>;
  busy: Readonly<Ref<boolean>>;
  fault: Ref<TakeFault | null>;
  /** What it still takes. */
  room: ComputedRef<MediaRoom>;
  /** `cameraOpenedAt`: null where they were chosen from the album. */
  addPhotos(files: readonly File[], cameraOpenedAt: number | null): Promise<void>;
  addSound(sound: Blob, type: SoundType, seconds: number): Promise<void>;
  /** From a record that is sent again. */
  keep(one: TakenMedia): Promise<void>;
  remove(sha: string): Promise<void>;
  clear(): Promise<void>;
}

export interface TakeOptions {
  /** Lines of the 水印. */
  strip?: PhotoStrip;
  /** What the record still takes once these have come. */
  room?: (coming: readonly AddedMedia[]) => MediaRoom;
}

const roomOfNew = (coming: readonly AddedMedia[]): MediaRoom => roomLeft([], coming, 'volunteer');

/**
 * Photos and voice notes that were taken and are not saved yet. Each lies in the drafts as soon as it is taken:
 * a killed tab loses none.
 */
export function useTakenMedia(
  key: () => string,
  stage: MediaStage,
  { strip = () => [], room: roomFor = roomOfNew }: TakeOptions = {},
): TakenMediaForm {
  const { drafts } = useSession();
  const preferences = usePreferences();
  const taken = shallowRef<readonly TakenMedia[]>([]);
  const busy = ref(false);
  const fault = ref<TakeFault | null>(null);
  /** How often the form was emptied: what began before that has no place in it. */
  let turn = 0;
  const folder = (): string => `media/${key()}/`;
  const args = computed(() => taken.value.map(({ media }) => media));
  const room = computed(() => roomFor(args.value));
  useOpenForm(computed(() => taken.value.length > 0));

  async function load(): Promise<void> {
    const asked = folder();
    const begun = turn;
    taken.value = [];
    if (!drafts) return;
    const keys = (await drafts.keys()).filter((one) => one.startsWith(asked));
    const found = (await Promise.all(keys.map((one) => drafts.get(one)))) as TakenMedia[];
    if (asked !== folder() || begun !== turn) return;
    const fresh = found.filter(({ media }) => !taken.value.some((one) => one.media.sha === media.sha));
    taken.value = [...fresh, ...taken.value].sort((a, b) => a.media.takenAt - b.media.takenAt);
  }
  watch(key, load, { immediate: true });

  const has = (sha: string): boolean => taken.value.some(({ media }) => media.sha === sha);
  async function keep(one: TakenMedia, begun = turn): Promise<void> {
    if (begun !== turn || has(one.media.sha)) return;
    try {
      await drafts?.put(folder() + one.media.sha, one);
    } catch (error) {
      // Nobody else has it: the save makes room for itself, and may still take it.
      if (disposed) throw error;
      if (begun === turn) fault.value = 'unkept';
    }
    if (!disposed && begun === turn && !has(one.media.sha)) taken.value = [...taken.value, one];
  }
  let disposed = false;
  // The session was revoked: a phone that was lost shows no photo that nobody has saved either [RV1].
  const stopListening = drafts?.onForgotten(() => {
    turn += 1;
    taken.value = [];
    fault.value = null;
  });
  onScopeDispose(() => {
    disposed = true;
    stopListening?.();
  });

  const working = async (work: (begun: number) => Promise<void>): Promise<void> => {
    fault.value = globalThis.crypto.subtle === undefined ? 'insecure' : null;
    if (fault.value !== null) return;
    busy.value = true;
    try {
      await work(turn);
    } catch {
      // What the browser cannot decode it says in many ways.
      fault.value = 'unreadable';
    } finally {
      busy.value = false;
    }
  };

  return {
    taken,
    args,
    files: computed(() => taken.value.flatMap(({ files }) => files)),
    busy,
    fault,
    room,
    keep: (one) => keep(one),
    addPhotos: (files, cameraOpenedAt) =>
      working(async (begun) => {
        for (const file of files) {
          // Asked for each: others may fill it meanwhile.
          if (room.value.photos <= 0) {
            fault.value = 'full';
            return;
          }
          const lines = preferences.watermark ? strip(isShot(file, cameraOpenedAt)) : [];
          await keep(await takenPhoto(await preparePhoto({ file, strip: lines }), stage, Date.now()), begun);
        }
      }),
    addSound: (sound, type, seconds) =>
      working(async (begun) =>
        keep(await takenSound(await sound.arrayBuffer(), type, seconds, stage, Date.now()), begun),
      ),
    async remove(sha) {
      taken.value = taken.value.filter(({ media }) => media.sha !== sha);
      await drafts?.remove(folder() + sha);
    },
    async clear() {
      const gone = taken.value;
      taken.value = [];
      for (const { media } of gone) await drafts?.remove(folder() + media.sha);
    },
  };
}
