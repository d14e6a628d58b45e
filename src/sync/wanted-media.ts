import type { Waiting } from './engine-api.ts';
import type { MediaRow } from './outbox-port.ts';

/** Its author may yet correct it and send it again: refused, held or sent back, and not put aside. No word counts as none. */
const isOpen = ({ row, receipt, decision }: Waiting): boolean =>
  row.asideAt === null && receipt?.status !== 'applied' && decision?.as !== 'accepted';

/** Which bytes such a record names. The server keeps them for a record that is, or for words that are held, not for these. */
export function wantedIn(waiting: readonly Waiting[]): (media: Pick<MediaRow, 'mids'>) => boolean {
  const open = new Set(waiting.filter(isOpen).map(({ row }) => row.mid));
  return ({ mids }) => mids.some((mid) => open.has(mid));
}
