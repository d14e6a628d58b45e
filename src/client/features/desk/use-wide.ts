import { onScopeDispose, readonly, ref } from 'vue';

/** Wide enough for a list and a ticket side by side. */
const WIDE = '(min-width: 1100px)';

export function useWide() {
  const query = window.matchMedia(WIDE);
  const wide = ref(query.matches);
  const update = (): void => {
    wide.value = query.matches;
  };
  query.addEventListener('change', update);
  onScopeDispose(() => query.removeEventListener('change', update));
  return readonly(wide);
}
