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

/** On the wire the kind goes in the cursor's id: `ticket/0199…`. */
export const toCursor = ({ ver, kind, id }: Position): Cursor => ({ ver, id: `${kind}/${id}` });

export function fromCursor({ ver, id }: Cursor): Position {
  const slash = id.indexOf('/');
  return slash < 0 ? { ver, kind: id, id: '' } : { ver, kind: id.slice(0, slash), id: id.slice(slash + 1) };
}
