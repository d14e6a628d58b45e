import { computed, type ComputedRef } from 'vue';
import type { AddedMedia } from '../../domain/photo/media-args.ts';
import type { MediaBytes } from '../../sync/engine-api.ts';
import { useTakenMedia, type TakenMediaForm, type TakeOptions } from './use-taken-media.ts';

export interface PhotoPair {
  before: TakenMediaForm;
  after: TakenMediaForm;
  args: ComputedRef<AddedMedia[]>;
  files: ComputedRef<MediaBytes[]>;
  /** A result can be shown instead of written. */
  showsResult: ComputedRef<boolean>;
  busy: ComputedRef<boolean>;
  clear(): Promise<void>;
}

/** 办之前 and 办之后 of one step, kept like its words until it is saved. What the record takes is for both together. */
export function usePhotoPair(key: () => string, { strip, room }: Required<TakeOptions>): PhotoPair {
  const shared = { strip, room: () => room(args.value) };
  const before = useTakenMedia(() => `${key()}/before`, 'before', shared);
  const after = useTakenMedia(() => `${key()}/after`, 'after', shared);
  const args = computed(() => [...before.args.value, ...after.args.value]);
  return {
    before,
    after,
    args,
    files: computed(() => [...before.files.value, ...after.files.value]),
    showsResult: computed(() => after.args.value.length > 0),
    busy: computed(() => before.busy.value || after.busy.value),
    async clear() {
      await before.clear();
      await after.clear();
    },
  };
}
