import { computed, onScopeDispose, reactive, toValue, watchEffect, type ComputedRef, type MaybeRefOrGetter } from 'vue';

/** Forms with something typed in them. Nothing reloads the page while one is open. */
const open = reactive(new Set<symbol>());

export const hasOpenForm: ComputedRef<boolean> = computed(() => open.size > 0);

/** Registers the component's form for as long as `dirty` is true. */
export function useOpenForm(dirty: MaybeRefOrGetter<boolean>): void {
  const form = Symbol('form');
  watchEffect(() => {
    if (toValue(dirty)) open.add(form);
    else open.delete(form);
  });
  onScopeDispose(() => open.delete(form));
}
