import { parseSpace } from '../../domain/space/space.ts';
import type { PushedMutation, PushResult, Receipt } from '../../protocol/sync-messages.ts';
import type { Dependencies } from '../dependencies.ts';
import type { DirectMutation, MutationResult } from '../sync/apply-mutation.ts';
import { knownName } from '../sync/log-fault.ts';
import { reckonTime } from '../sync/reckon-time.ts';
import type { PushContext } from '../sync/push-batch.ts';

/** Ours are of a time and of chance, so they say nothing of anyone. Anything else that a phone may call so is not written down. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const shownMid = (mid: string): string => (UUID.test(mid) ? mid : 'of another kind');

/** Its kind alone: whose it is would say of whom. What is no space may be anything that someone sent. */
const shownSpace = (space: string): string => parseSpace(space)?.kind ?? 'of no kind';

/**
 * After the commit: counts what a run of a push has newly settled, and writes one line by which each `mid` can be
 * followed from a phone's waiting list to its receipt. Where it stopped is named too.
 */
export function notePush(
  { logger, metrics }: Pick<Dependencies, 'logger' | 'metrics'>,
  context: PushContext,
  mutations: readonly PushedMutation[],
  { space, stop }: Pick<PushResult, 'space' | 'stop'>,
  fresh: readonly Receipt[],
): void {
  metrics.pushes.inc({ result: stop?.reason ?? 'settled' });
  const written = new Map(mutations.map(({ seq, at }) => [seq, at]));
  const { now, sentAt, drainedAt } = context;
  for (const { seq, status, code } of fresh) {
    metrics.receipts.inc({ status, code });
    // Of a device that never had nothing waiting only its own clock tells, and that may say anything.
    if (drainedAt === null) continue;
    metrics.lag.observe((now - reckonTime(written.get(seq) ?? now, { now, sentAt, notBefore: drainedAt })) / 1000);
  }
  if (fresh.length === 0 && !stop) return;
  const midsOf = (wanted: Receipt['status']) => fresh.filter(({ status }) => status === wanted);
  logger.info(
    {
      space: shownSpace(space),
      ver: fresh[0]?.ver,
      applied: midsOf('applied').map(({ mid }) => shownMid(mid)),
      rejected: midsOf('rejected').map(({ mid, code }) => [shownMid(mid), code]),
      held: midsOf('quarantined').map(({ mid, code }) => [shownMid(mid), code]),
      stopped: stop ? [shownMid(mutations.find(({ seq }) => seq === stop.seq)?.mid ?? ''), stop.reason] : undefined,
    },
    'push',
  );
}

/** The same for a write that no phone pushes. */
export function noteDirect(
  { logger, metrics, rules }: Pick<Dependencies, 'logger' | 'metrics' | 'rules'>,
  { space, mid, heldMid = mid, name }: DirectMutation,
  result: MutationResult,
): void {
  const code = result.status === 'rejected' ? result.code : '';
  metrics.receipts.inc({ status: result.status, code });
  const about = { space: shownSpace(space), mid: shownMid(mid), name: knownName(rules.mutators, name) };
  const held = heldMid === mid ? undefined : shownMid(heldMid);
  logger.info({ ...about, heldMid: held, status: result.status, code: code || undefined }, 'direct write');
}
