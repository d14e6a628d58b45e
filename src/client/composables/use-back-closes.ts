import { getCurrentInstance, type Ref } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

/** 返回 closes an open sheet first, as people expect of a phone. Needs a route; else it does nothing. */
export function useBackCloses(open: Ref<boolean>): void {
  const instance = getCurrentInstance();
  if (!instance?.appContext.config.globalProperties['$router']) return;
  onBeforeRouteLeave(() => {
    if (!open.value) return true;
    open.value = false;
    return false;
  });
}
