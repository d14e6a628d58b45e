import { inject, type Ref } from 'vue';
import { matchedRouteKey, onBeforeRouteLeave } from 'vue-router';

/** 返回 closes an open sheet first, as people expect of a phone. Outside a page it does nothing. */
export function useBackCloses(open: Ref<boolean>): void {
  if (!inject(matchedRouteKey, undefined)?.value) return;
  onBeforeRouteLeave(() => {
    if (!open.value) return true;
    open.value = false;
    return false;
  });
}
