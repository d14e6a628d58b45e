import { onBeforeUnmount, onMounted } from 'vue';
import type { Ref } from 'vue';
import { isWriting, listKeyOf } from './list-keys.ts';

export interface ListKeys {
  move(step: 1 | -1): void;
  /** Left out where Enter already opens what has the focus. */
  open?(): void;
  search?(): void;
}

/** The keyboard at the desk, while the page stands. `/` goes to the search field inside `root`. */
export function useListKeys(root: Readonly<Ref<HTMLElement | null>>, keys: ListKeys): void {
  const onKey = (event: KeyboardEvent): void => {
    const key = listKeyOf(event, isWriting(event.target, document));
    if (key === null) return;
    if (key === 'search') {
      event.preventDefault();
      if (keys.search) keys.search();
      else root.value?.querySelector<HTMLInputElement>('input[type=search]')?.focus();
    } else if (key === 'open') {
      // A focused button or link does its own work.
      const busy = event.target instanceof HTMLElement && event.target.matches('a,button,[role=tab]');
      if (keys.open && !busy) keys.open();
    } else {
      event.preventDefault();
      keys.move(key === 'next' ? 1 : -1);
    }
  };
  onMounted(() => document.addEventListener('keydown', onKey));
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey));
}
