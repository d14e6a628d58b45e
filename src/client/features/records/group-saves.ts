import type { SaveState, Waiting } from '../../../sync/engine-api.ts';

/** `aside`: it was not taken, and its author put it aside. */
export type SaveStanding = SaveState | 'aside';

/** What was saved with one tap, as one line: it stands where its slowest part stands. */
export interface Save {
  saveId: string;
  at: number;
  state: SaveStanding;
  /** The matter first: a person thinks of that, not of the visit or the slip that came along. */
  entries: Waiting[];
}

const WORST: readonly SaveStanding[] = ['attention', 'saved', 'sending', 'aside', 'delivered'];
const FIRST: readonly string[] = ['ticket.log', 'claim.take', 'visit.record'];

const rank = (entry: Waiting): number => {
  const place = FIRST.indexOf(entry.row.name);
  return place < 0 ? FIRST.length : place;
};

/** What its author put aside no longer asks for anything; delivered it is not. */
export const standingOf = ({ state, row }: Waiting): SaveStanding =>
  state === 'attention' && row.asideAt !== null ? 'aside' : state;

/** Newest first, as `waiting` is. */
export function groupSaves(waiting: readonly Waiting[]): Save[] {
  const groups = new Map<string, Waiting[]>();
  for (const entry of waiting) {
    const group = groups.get(entry.row.saveId);
    if (group) group.push(entry);
    else groups.set(entry.row.saveId, [entry]);
  }
  return [...groups].map(([saveId, entries]) => ({
    saveId,
    at: Math.max(...entries.map(({ row }) => row.at)),
    state: WORST.find((state) => entries.some((entry) => standingOf(entry) === state)) ?? 'delivered',
    entries: [...entries].sort((a, b) => rank(a) - rank(b) || a.row.seq - b.row.seq),
  }));
}
