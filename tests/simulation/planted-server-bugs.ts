import type { Kysely, KyselyPlugin, Transaction } from 'kysely';
import { OperationNodeTransformer, SelectionNode, sql } from 'kysely';
import type { QueryId, RawNode, SelectQueryNode } from 'kysely';
import type { Roles } from '../../src/domain/actor/actor.ts';
import type { Mutator, WriteTx } from '../../src/domain/mutation/mutator.ts';
import { Refusal } from '../../src/domain/mutation/refusal.ts';
import type { MutatorRegistry } from '../../src/domain/mutation/mutator-registry.ts';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { Database } from '../../src/server/db/schema.ts';
import { pageOfRows } from '../../src/server/sync/encode-lines.ts';
import { pullSpace } from '../../src/server/sync/pull-space.ts';
import { accountsIn } from '../../src/server/sync/transaction-memory.ts';
import { withTransactions, type Around, type Begin } from './with-transactions.ts';
import type { PlantedBug } from './planted-bugs.ts';
import type { Prng } from './prng.ts';

/** The server's mutators with a fault in one of them. */
export function mutatorsWithBug(registry: MutatorRegistry, bug: PlantedBug | null): MutatorRegistry {
  const change = (name: string, how: (mutator: Mutator) => Mutator): MutatorRegistry => {
    const mutator = registry.get(name);
    return mutator === undefined ? registry : new Map([...registry, [name, how(mutator)]]);
  };
  if (bug === 'upcasterMissing') return change('sim.append', ({ upcast: _, ...rest }) => rest);
  if (bug === 'clockInMutator') {
    return change('sim.append', (mutator) => ({
      ...mutator,
      apply: (tx, args, ctx) => {
        mutator.apply(stamped(tx), args, ctx);
      },
    }));
  }
  if (bug === 'claimCheckedOutsideLock') {
    return change('claim.take', (mutator) => ({
      ...mutator,
      authorize: (tx, args, ctx) => {
        mutator.authorize(beforeAnyClaim(tx), args, ctx);
      },
      apply: (tx, args, ctx) => {
        mutator.apply(beforeAnyClaim(tx), args, ctx);
      },
    }));
  }
  if (bug === 'refusedWithoutReason') {
    return change('ticket.log', (mutator) => ({
      ...mutator,
      authorize: (tx, args, ctx) => {
        if (isOneInFour(ctx.mid)) throw new Refusal('forbidden');
        mutator.authorize(tx, args, ctx);
      },
    }));
  }
  return registry;
}

const isOneInFour = (mid: string): boolean => Number.parseInt(mid[0] ?? '', 16) < 4;

/** As if its phone had asked that one in four be held, which nobody did. */
export const askedToHold = (request: SyncRequest): SyncRequest => ({
  ...request,
  push: request.push.map(({ space, mutations }) => ({
    space,
    mutations: mutations.map((one) => (isOneInFour(one.mid) ? { ...one, quarantine: true } : one)),
  })),
});

const stamped = (tx: WriteTx): WriteTx => ({
  ...tx,
  put: (kind, id, data) => {
    tx.put(kind, id, { ...data, createdAt: Date.now() });
  },
});

/** What was read before the lock was taken: nobody had the card then. */
const beforeAnyClaim = <T extends Pick<WriteTx, 'get'>>(tx: T): T => ({
  ...tx,
  get: ((space, kind, id) => {
    const data = tx.get(space, kind, id);
    return kind === 'card' && data !== undefined ? { ...data, state: 'open', claim: null } : data;
  }) as WriteTx['get'],
});

class ByVersionAlone extends OperationNodeTransformer {
  protected override transformRaw(node: RawNode, queryId?: QueryId): RawNode {
    const seen = super.transformRaw(node, queryId);
    if (!seen.sqlFragments[0]?.startsWith('(ver, kind, id) > (')) return seen;
    return { ...seen, sqlFragments: ['(ver > ', ' and ', ' is not null and ', ' is not null)'] };
  }
}

/** Two writers have read the same version: now and then one gives out once more what the other did. */
class VersionReadBeforeLock extends OperationNodeTransformer {
  protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
    const seen = super.transformSelectQuery(node, queryId);
    const [ver, digest, ...more] = (seen.selections ?? []).map(({ selection }) =>
      selection.kind === 'ReferenceNode' && selection.column.kind === 'ColumnNode' ? selection.column.column.name : '',
    );
    if (ver !== 'ver' || digest !== 'digest' || more.length > 0) return seen;
    const early = sql<number>`case when ver % 10 = 7 then ver - 1 else ver end`.as('ver').toOperationNode();
    return { ...seen, selections: [SelectionNode.create(early), ...(seen.selections ?? []).slice(1)] };
  }
}

/** The server's database with a fault in how it is asked. */
export function databaseWithBug(db: Kysely<Database>, bug: PlantedBug | null, prng: Prng): Kysely<Database> {
  if (bug === 'pagingByVersionAlone') {
    const transformer = new ByVersionAlone();
    return db.withPlugin(plugin((node) => transformer.transformNode(node) as typeof node));
  }
  if (bug === 'lockDroppedBeforeBump') {
    const transformer = new VersionReadBeforeLock();
    return db.withPlugin(plugin((node) => transformer.transformNode(node) as typeof node));
  }
  if (bug === 'rolesFirstSeen') return withTransactions(db, judgingByRolesFirstSeen());
  return bug === 'answeredBeforeCommit' ? withTransactions(db, thatForgets(prng)) : db;
}

const plugin = (
  transform: (node: Parameters<KyselyPlugin['transformQuery']>[0]['node']) => typeof node,
): KyselyPlugin => ({
  transformQuery: ({ node }) => transform(node),
  transformResult: ({ result }) => Promise.resolve(result),
});

class Forgotten extends Error {}

/** The answer goes out although the commit never came. */
const thatForgets =
  (prng: Prng): Around =>
  async <T>(begin: Begin, work: (trx: Transaction<Database>) => Promise<T>) => {
    let answer: { result: T } | undefined;
    try {
      return await begin(async (trx) => {
        answer = { result: await work(trx) };
        if (prng.chance(0.05)) throw new Forgotten();
        return answer.result;
      });
    } catch (error) {
      if (error instanceof Forgotten && answer !== undefined) return answer.result;
      throw error;
    }
  };

/** What somebody may do is what they might when they first pushed. */
function judgingByRolesFirstSeen(): Around {
  const first = new Map<string, Roles>();
  return (begin, work) =>
    begin((trx) => {
      const accounts = accountsIn(trx);
      accounts.set = (session, account) => {
        if (account !== undefined) {
          first.set(session, first.get(session) ?? account.roles);
          account.roles = first.get(session) ?? account.roles;
        }
        return Map.prototype.set.call(accounts, session, account) as typeof accounts;
      };
      return work(trx);
    });
}

/** What is said to be held is written nowhere. */
export async function plantInDatabase(db: Kysely<Database>, bug: PlantedBug | null): Promise<void> {
  if (bug !== 'heldNotWritten') return;
  await sql`create trigger planted before insert on held begin select raise(ignore); end`.execute(db);
}

/**
 * A writer that drew its version early commits late: its rows are not in the page that its version is in. The digest tells,
 * where one is sent.
 */
export function withRowsCommittedLate(response: SyncResponse, prng: Prng, hasDigest: boolean): SyncResponse {
  const pages = response.pages.map((page) => {
    const late = page.rows.length > 1 && prng.chance(0.2) ? page.rows[0]?.ver : undefined;
    const rows = page.rows.filter(({ ver }) => ver !== late || ver === page.upTo);
    return { ...page, rows, digest: hasDigest ? page.digest : null };
  });
  return { ...response, pages };
}

/** The list of spaces was made before the snapshot: what was taken away in between is still read out. */
export async function withStaleSpaces(
  db: Kysely<Database>,
  request: SyncRequest,
  response: SyncResponse,
  { before, pageSize }: { before: SyncResponse['allowed']; pageSize: number },
): Promise<SyncResponse> {
  const now = new Set(response.allowed.map(({ id }) => id));
  const stale = before.filter(({ id }) => !now.has(id));
  const pages = [...response.pages];
  for (const { id } of stale) {
    const pull = request.pull.find(({ space, rows }) => space === id && rows);
    if (pull === undefined) continue;
    const { client } = request;
    const size = { pageSize, room: pageSize, packed: null };
    const context = { client, sameEpoch: true, run: '', allows: () => true, digests: true, ...size };
    const answer = await db
      .transaction()
      .execute((trx) => pullSpace(trx, context, { ...pull, cursor: null, upTo: null }));
    const at = pages.findIndex(({ space }) => space === id);
    if ('page' in answer && at >= 0) pages[at] = pageOfRows(answer.page);
  }
  return { ...response, allowed: [...response.allowed, ...stale], pages };
}
