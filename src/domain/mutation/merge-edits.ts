/** `from` is what its author saw, `to` what they made of it. */
interface Edit<T> {
  from: T;
  to: T;
}

export type Edits<T> = { readonly [K in keyof T]?: Edit<T[K]> | undefined };

/** The same field was changed meanwhile: the standing value stays. */
export interface Clash {
  field: string;
  from: string;
  /** What the author wanted. */
  mine: string;
  /** What stands. */
  theirs: string;
}

/**
 * Lays edits over what stands now (design §5.8). A field that still is as its author saw it takes the new value;
 * one that already is so is left; one that is something else stays and is told as a clash.
 */
export function mergeEdits<T extends object>(standing: T, edits: Edits<T>): { merged: T; clashes: Clash[] } {
  const merged = { ...standing };
  const clashes: Clash[] = [];
  for (const field of Object.keys(edits) as (keyof T & string)[]) {
    const edit = edits[field];
    if (edit === undefined || standing[field] === edit.to) continue;
    if (standing[field] === edit.from) merged[field] = edit.to;
    else {
      clashes.push({ field, from: String(edit.from), mine: String(edit.to), theirs: String(standing[field]) });
    }
  }
  return { merged, clashes };
}
