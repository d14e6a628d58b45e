import type { Cursor } from '../../protocol/sync-messages.ts';

/** A place in the order (ver, kind, id) of a space. Ids are unique only within a kind, so the kind belongs in it. */
export interface Position {
  ver: number;
  kind: string;
  id: string;
}

/** Behind every kind's name: where a pull stands that has all of a version. */
const LAST_KIND = '~';

export const BEGINNING: Position = { ver: 0, kind: '', id: '' };

export const endOf = (ver: number): Position => ({ ver, kind: LAST_KIND, id: '' });

/**
 * On the wire the kind goes in the cursor's id: `ticket/0199…`. Before it stands, while a pull is under way, up to which
 * version tombstones may be gone without this pull missing one: `17:ticket/0199…`. Behind it stands the run by which its
 * version is to be understood, and, where the space had gone on by then, how far: `ticket/0199…!kX3_9aQz@19`. What was
 * written between is not in the pull, nor is what stood there before. [RS6]
 */
export const toCursor = (
  { ver, kind, id }: Position,
  run: string,
  { mayBeGone = null, seen = 0 }: { mayBeGone?: number | null; seen?: number } = {},
): Cursor => {
  const before = mayBeGone === null ? '' : `${mayBeGone}:`;
  const behind = run && `!${run}${seen > ver ? `@${seen}` : ''}`;
  return { ver, id: `${before}${kind}/${id}${behind}` };
};

const MAY_BE_GONE = /^(\d+):/;
const RUN = /!([\w-]{8})(?:@(\d+))?$/;

export function fromCursor({ ver, id }: Cursor): Position {
  const place = id.replace(MAY_BE_GONE, '').replace(RUN, '');
  const slash = place.indexOf('/');
  return slash < 0 ? { ver, kind: place, id: '' } : { ver, kind: place.slice(0, slash), id: place.slice(slash + 1) };
}

/** 0 where it does not say: an older server gave it out. */
export const mayBeGone = ({ id }: Cursor): number => Number(MAY_BE_GONE.exec(id)?.[1] ?? 0);

/** Null where it does not say: an older server gave it out. */
export const runOf = ({ id }: Cursor): string | null => RUN.exec(id)?.[1] ?? null;

/** Up to which version of that run the phone has been told something, if only by what was left out. */
export const seenOf = ({ ver, id }: Cursor): number => Math.max(ver, Number(RUN.exec(id)?.[2] ?? 0));
