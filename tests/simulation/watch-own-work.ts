import type { SyncEngine, Waiting } from '../../src/sync/engine-api.ts';
import type { Counted } from './sim-mutators.ts';
import type { SimDevice, Tab } from './sim-device.ts';

/** What one tab has shown of an own append, and under which record. */
interface Shown {
  space: string;
  id: string;
}

export interface OwnWorkRules {
  /** After a restore two histories are being told apart; what stands in a building that moves may leave the phone with it. */
  mayGo(): boolean;
  /** The version at which a space stands: behind it a row may be missing because a later change has taken it along. */
  versionOf(space: string): number | undefined;
  /** Of what lies in segments only what is pending is looked at: to ask for the rest would have it read. */
  inSegments: boolean;
  report(finding: string): void;
}

const isPending = ({ state, receipt }: Waiting): boolean => state !== 'delivered' && receipt === null;
const isRefused = ({ receipt }: Waiting): boolean => receipt !== null && receipt.status !== 'applied';

/**
 * I13, as a person sees it: whatever they wrote shows for as long as it is pending, and once it has shown it stays, also
 * when it is applied. It may go with a refusal, a lost right, a community that is left out, and a cache that begins anew.
 *
 * Looked at in every tab whenever its view tells of a change, and whenever everybody is looked at.
 */
export function watchOwnWork({ mayGo, versionOf, inSegments, report }: OwnWorkRules) {
  const seen = new WeakMap<SyncEngine, Map<string, Shown>>();

  return (device: SimDevice, { engine, inStep }: Tab): void => {
    const shown = seen.get(engine) ?? new Map<string, Shown>();
    seen.set(engine, shown);
    const allowed = engine.allowed();
    const isCarried = (space: string): boolean =>
      allowed.includes(space) && engine.leftOut().length === 0 && !device.changesLeftOut();
    /** Null where something has to be read first. */
    const shows = (mid: string, { space, id }: Shown): boolean | null => {
      const { value, isWhole } = engine.view.read(() => engine.view.get(space, 'household', id)?.data);
      const holds = (value as Partial<Counted> | undefined)?.mids?.includes(mid) === true;
      return holds || isWhole ? holds : null;
    };
    const forget = new Set(shown.keys());
    for (const each of engine.waiting()) {
      const { mid, space, name, args } = each.row;
      if (name !== 'sim.append' || !isCarried(space) || isRefused(each)) continue;
      if (inSegments && !isPending(each)) continue;
      const one = { space, id: (args as { id: string }).id };
      const isThere = shows(mid, one);
      // What lies in segments is laid under it once it could be read [VW8].
      const isRead = !inSegments || inStep;
      if (isThere === false && isPending(each) && isRead)
        report(`I13 ${device.name} does not show ${mid}, which it has pending`);
      if (isThere === true) shown.set(mid, one);
      if (isThere !== false) forget.delete(mid);
    }
    // What was shown and is not seen now may have gone. Another tab's answer is taken over later than it is stored.
    for (const mid of forget) {
      const one = shown.get(mid);
      if (one === undefined || inSegments) continue;
      const isTold = engine.waiting().some((each) => each.row.mid === mid && isRefused(each));
      const { done = false, cursor } = device.cache.spaces.get(one.space) ?? {};
      const isWhole = done && cursor?.ver === versionOf(one.space);
      const mayBeGone = isTold || !isCarried(one.space) || !isWhole || mayGo() || !inStep;
      if (!mayBeGone && shows(mid, one) === false) report(`I13 ${device.name} showed ${mid} and does not any more`);
      shown.delete(mid);
    }
  };
}
