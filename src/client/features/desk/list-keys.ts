export type ListKey = 'search' | 'next' | 'previous' | 'open';

/** What a key means at the desk; null where a person is writing or a combination belongs to the browser. */
export function listKeyOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>,
  writing: boolean,
): ListKey | null {
  if (writing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case '/':
      return 'search';
    case 'j':
      return 'next';
    case 'k':
      return 'previous';
    case 'Enter':
      return 'open';
    default:
      return null;
  }
}

/** Keys go to the field where one is written in, and to an open sheet. */
export function isWriting(target: EventTarget | null, root: ParentNode): boolean {
  if (root.querySelector('[role=dialog],[role=alertdialog]')) return true;
  return target instanceof HTMLElement && target.matches('input,textarea,select,[contenteditable=true]');
}
