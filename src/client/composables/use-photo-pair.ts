import { computed, type ComputedRef } from 'vue';
import type { AddedMedia } from '../../domain/photo/media-args.ts';
import type { MediaBytes } from '../../sync/engine-api.ts';
import { useTakenMedia, type TakenMediaForm } from './use-taken-media.ts';

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

/** 办之前 and 办之后 of one step, kept like its words until it is saved. */
export function usePhotoPair(key: () => string, strip: () => readonly string[]): PhotoPair {
  const before = useTakenMedia(() => `${key()}/before`, 'before', strip);
  const after = useTakenMedia(() => `${key()}/after`, 'after', strip);
  return {
    before,
    after,
    args: computed(() => [...before.args.value, ...after.args.value]),
    files: computed(() => [...before.files.value, ...after.files.value]),
    showsResult: computed(() => after.args.value.length > 0),
    busy: computed(() => before.busy.value || after.busy.value),
    async clear() {
      await before.clear();
      await after.clear();
    },
  };
}
