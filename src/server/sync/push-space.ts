import type { Transaction } from 'kysely';
import { mayPushTo } from '../../domain/space/space-access.ts';
import type { PushedMutation, PushResult, Receipt } from '../../protocol/sync-messages.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { readAuthor, type Author } from './author.ts';
import { inLockedSpaces } from './in-locked-spaces.ts';
import { logFault } from './log-fault.ts';
import { insertReceipts, readLastSeq, readReceiptsOfMids, readReceiptsOfSeqs } from './receipts.ts';
import { reckonTime } from './reckon-time.ts';
import { settleMutation, type Outcome } from './settle-mutation.ts';
import type { Workspace } from './workspace.ts';

/** How long a phone waits after a fault of the database. */
const RETRY_AFTER_MS = 2000;

export interface PushContext {
  session: { id: string; memberId: string; revoked: boolean };
  client: string;
  now: number;
  /** The phone's clock when it sent the request. */
  sentAt: number;
  /** The server's clock when the client last had nothing waiting; null: never. */
  drainedAt: number | null;
}

/**
 * Settles a batch of one space, in order of seq, in one transaction. Each mutation gets a durable receipt, or is
 * covered by `stop`; a fault of the database leaves nothing and asks the phone to try again. [I1–I4]
 */
export async function pushSpace(
  deps: Dependencies,
  context: PushContext,
  space: string,
  mutations: readonly PushedMutation[],
): Promise<PushResult> {
  try {
    return await inLockedSpaces(deps, space, context.now, async (trx, workspace, locked) => {
      const author = await readAuthor(trx, context.session);
      const ver = (locked.get(space)?.ver ?? 0) + 1;
      const batch = new Batch(deps, trx, workspace, context, author, space, ver);
      const result = await batch.run(mutations);
      return { result, alsoBump: new Set(batch.isNew ? [space] : []) };
    });
  } catch (error) {
    logFault(deps.logger, 'push failed and will be tried again', error);
    const lastSeq = await readLastSeq(deps.db, context.client, space);
    const seq = mutations[0]?.seq ?? lastSeq + 1;
    return { space, lastSeq, receipts: [], stop: { seq, reason: 'retry', retryAfterMs: RETRY_AFTER_MS } };
  }
}

/** One run over a batch; thrown away with its transaction. */
class Batch {
  readonly #deps: Dependencies;
  readonly #trx: Transaction<Database>;
  readonly #workspace: Workspace;
  readonly #context: PushContext;
  readonly #author: Author;
  readonly #space: string;
  readonly #ver: number;
  readonly #fresh: Receipt[] = [];

  constructor(
    deps: Dependencies,
    trx: Transaction<Database>,
    workspace: Workspace,
    context: PushContext,
    author: Author,
    space: string,
    ver: number,
  ) {
    this.#deps = deps;
    this.#trx = trx;
    this.#workspace = workspace;
    this.#context = context;
    this.#author = author;
    this.#space = space;
    this.#ver = ver;
  }

  /** True where a receipt was written that no pull has brought yet. */
  get isNew(): boolean {
    return this.#fresh.length > 0;
  }

  async run(mutations: readonly PushedMutation[]): Promise<PushResult> {
    const { client, now } = this.#context;
    let lastSeq = await readLastSeq(this.#trx, client, this.#space);
    const old = mutations.filter(({ seq }) => seq <= lastSeq).map(({ seq }) => seq);
    const bySeq = await readReceiptsOfSeqs(this.#trx, client, this.#space, old);
    const mids = mutations.map(({ mid }) => mid);
    const byMid = await readReceiptsOfMids(this.#trx, this.#author.memberId, this.#space, mids);
    const receipts: Receipt[] = [];
    let stop: PushResult['stop'] = null;
    for (const mutation of mutations) {
      const { seq, mid } = mutation;
      const stored = bySeq.get(seq);
      if (seq > lastSeq + 1) {
        stop = { seq, reason: 'gap', retryAfterMs: null };
        break;
      }
      if (stored && stored.mid !== mid) {
        stop = { seq, reason: 'fork', retryAfterMs: null };
        break;
      }
      if (seq <= lastSeq) {
        // A receipt that is no longer kept was of a mutation that was settled long ago.
        receipts.push(stored ?? { seq, mid, status: 'applied', code: '', data: {}, ver: 0 });
        continue;
      }
      const { status, code, data } = byMid.get(mid) ?? (await this.#settle(mutation));
      const receipt: Receipt = { seq, mid, status, code, data, ver: this.#ver };
      byMid.set(mid, receipt);
      bySeq.set(seq, receipt);
      receipts.push(receipt);
      this.#fresh.push(receipt);
      lastSeq = seq;
    }
    await insertReceipts(this.#trx, client, this.#space, this.#fresh, now);
    return { space: this.#space, lastSeq, receipts, stop };
  }

  async #settle(mutation: PushedMutation): Promise<Outcome> {
    const { now, sentAt, drainedAt } = this.#context;
    const notBefore = drainedAt ?? this.#author.createdAt;
    const at = reckonTime(mutation.at, { now, sentAt, notBefore });
    const outcome = await this.#decide(mutation, at);
    if (outcome.status === 'quarantined') await this.#hold(mutation, at, outcome.code);
    if (outcome.fault) logFault(this.#deps.logger, `mutation ${mutation.name} is held for a fault`, outcome.fault);
    return outcome;
  }

  async #decide(mutation: PushedMutation, at: number): Promise<Outcome> {
    if (this.#author.revoked) return { status: 'quarantined', code: 'revoked', data: {} };
    if (mutation.quarantine) return { status: 'quarantined', code: 'asked', data: {} };
    const { actor } = this.#author;
    const ctx = { actor, space: this.#space, mid: mutation.mid, at, deviceAt: mutation.at };
    const access = mayPushTo(actor, this.#space);
    return settleMutation(this.#trx, this.#workspace, this.#deps.rules, mutation, ctx, { access });
  }

  async #hold(mutation: PushedMutation, at: number, reason: string): Promise<void> {
    await this.#trx
      .insertInto('held')
      .values({
        id: this.#deps.newId(),
        client: this.#context.client,
        member_id: this.#author.memberId,
        member_name: this.#author.name,
        space: this.#space,
        mid: mutation.mid,
        mutation: mutation.name,
        version: mutation.v,
        args: JSON.stringify(mutation.args ?? null),
        reason,
        at,
        device_at: mutation.at,
        received_at: this.#context.now,
        resolved_at: null,
        resolved_by: null,
        resolution: null,
      })
      .execute();
  }
}
