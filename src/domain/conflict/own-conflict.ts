import type { Conflict } from './conflict.ts';

/**
 * What of an open conflict is its author's alone, in their own space: it stays when they may no longer hold the space in
 * which the two values met, or do not carry it. Of the other value it says nothing.
 */
export interface OwnConflict extends Pick<Conflict, 'kind' | 'recordId' | 'field' | 'mine' | 'at'> {
  /** Where the two met. */
  space: string;
  /** Its author put it aside; null while it stands before them. */
  asideAt: number | null;
}
