import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { TransportFault } from '../../src/sync/transport-port.ts';
import type { LogEntry } from './server-world.ts';
import { BAD } from './workload.ts';

/** What makes a phone think that it is the mutation: anything else befalls the way there. */
const LIES_WITH_IT: readonly TransportFault[] = ['server', 'too_large', 'refused', 'not_doorstep'];
/** The least after which a phone asks. [PS10] */
const PATIENCE = 3;

/** How often what somebody wrote came back unsettled: before that no phone asks that it be held. [PS7] [PS9] [PS10] */
export class FailedTries {
  private readonly times = new Map<string, number>();

  failed({ push }: SyncRequest, fault: TransportFault): void {
    if (LIES_WITH_IT.includes(fault)) for (const run of push) this.count(run);
  }

  answered({ push }: SyncRequest, { pushed }: SyncResponse): void {
    for (const [n, run] of push.entries()) if (pushed[n]?.stop?.reason === 'retry') this.count(run);
  }

  private count({ mutations }: SyncRequest['push'][number]): void {
    for (const { mid } of mutations) this.times.set(mid, (this.times.get(mid) ?? 0) + 1);
  }

  /** PS7: held as its phone asked, and nothing stood against it. What is handed over is asked for by its author. [RC6] */
  heldForNothing(log: readonly LogEntry[], handedOver: ReadonlySet<string>): string[] {
    return log
      .filter(({ status, code }) => status === 'quarantined' && code === 'asked')
      .filter(({ mid, name }) => !BAD.includes(name) && !handedOver.has(mid))
      .filter(({ mid }) => (this.times.get(mid) ?? 0) < PATIENCE)
      .map(({ mid, name }) => `PS7 ${name} ${mid} is held, though nothing stood against it`);
  }
}
