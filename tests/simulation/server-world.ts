import { sql } from 'kysely';
import * as v from 'valibot';
import type { MutationContext, Mutator } from '../../src/domain/mutation/mutator.ts';
import type { Roles } from '../../src/domain/actor/actor.ts';
import type { PushedMutation, Receipt, SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import { syncRequestSchema, syncResponseSchema } from '../../src/protocol/sync-messages.ts';
import type { Session } from '../../src/server/auth/session.ts';
import { TABLES } from '../../src/server/backup/tables.ts';
import { writeMemberRecord } from '../../src/server/auth/write-member-record.ts';
import type { Database } from '../../src/server/db/schema.ts';
import type { Rules } from '../../src/server/dependencies.ts';
import type { History } from '../../src/server/history/history.ts';
import type { MarkFile } from '../../src/server/history/mark-file.ts';
import { joinByMarks } from '../../src/server/history/marks.ts';
import { collectTombstones } from '../../src/server/sync/collect-tombstones.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { failingAround, ServerKilled, type ServerFault } from './server-faults.ts';
import { withTransactions } from './with-transactions.ts';
import { createTestDependencies } from '../support/test-dependencies.ts';
import type { TestDependencies } from '../support/test-dependencies.ts';

/** One settled mutation, in the order in which the server settled them. */
export interface LogEntry {
  space: string;
  mid: string;
  name: string;
  /** Whose session brought it, and whether that had ended; null: the server itself. */
  by: { memberId: string; revoked: boolean } | null;
  /** As it was written on the phone; null: the server itself. */
  sent: Pick<PushedMutation, 'name' | 'v' | 'args' | 'quarantine'> | null;
  args: unknown;
  ctx: MutationContext | null;
  status: Receipt['status'];
  code: string;
  data: Receipt['data'];
}

export interface ServerRow {
  space: string;
  kind: string;
  id: string;
  ver: number;
  data: unknown;
}

export interface HeldRow {
  memberId: string;
  name: string;
  v: number;
  args: unknown;
}

type Tables = { [T in keyof Database]: readonly unknown[] };

/** A backup: every table as it was, how far the log had come, and the mark that lay beside. */
export interface Backup {
  tables: Tables;
  logged: number;
  mark: string | null;
}

/**
 * How yesterday's state comes back:
 *
 *     command  by `npm run restore`, which gives a new epoch
 *     backup   the file that `npm run backup` wrote is put in the database's place by hand
 *     file     so is a copy of the database's own file
 *     folder   so is a copy of its whole folder, with the mark beside it
 */
export const WAYS_BACK = ['command', 'backup', 'file', 'folder'] as const;
export type WayBack = (typeof WAYS_BACK)[number];

interface Committed {
  pushed: readonly { space: string; receipts: readonly Pick<Receipt, 'mid' | 'status' | 'code' | 'data'>[] }[];
}

/** The real handlers over a real database, with an ear at the mutators: what they were called with goes into the log. */
export class ServerWorld {
  readonly log: LogEntry[] = [];
  readonly deps: TestDependencies;
  readonly rules: Rules;
  restored = false;
  /** When it was last, in the virtual time. */
  restoredAt = Number.NEGATIVE_INFINITY;
  /** Does it take whatever it finds at its start for what it left, as a fault that was built in? */
  trusting = false;
  /** How often a start has found out by itself that the database was another one's. */
  doubts = 0;
  onRestored: () => void = () => undefined;
  /** What befalls the next transaction in which a request writes. */
  failing: () => ServerFault | null = () => null;
  onFault: (fault: ServerFault) => void = () => undefined;
  /** How wrong the server's clock is now, and how far ahead it ever was. */
  skew = 0;
  furthest = 0;
  private serving = 0;
  /** It ended inside a transaction of a request that is being served. */
  private isKilled = false;
  /** Who may do what now, and could until just now: what an answer is judged by. */
  private readonly roles = new Map<string, Roles>();
  private readonly rolesBefore = new Map<string, { roles: Roles; until: number }>();
  /** The virtual time, whatever the server's clock says. */
  private readonly now: () => number;
  private readonly heard: Map<string, { ctx: MutationContext; args: unknown; name: string }>;
  private readonly logged = new Set<string>();
  /** Sessions that have ended. */
  private ended = new Set<string>();
  /** Without the faults that were built into how it is asked. */
  private readonly disk: TestDependencies['db'];
  private history: History | null = null;
  private mark: string | null = null;
  private names = 0;

  private constructor(
    deps: TestDependencies,
    disk: TestDependencies['db'],
    { rules, heard, now }: { rules: Rules; heard: ServerWorld['heard']; now: () => number },
  ) {
    this.deps = deps;
    this.disk = disk;
    this.rules = rules;
    this.heard = heard;
    this.now = now;
  }

  /** Its clock is set. */
  setClock(skew: number): void {
    this.skew = skew;
    this.furthest = Math.max(this.furthest, skew);
  }

  /** `ran`: the rules as this server has them, where a fault was built into them; `ask`: likewise its database. */
  static async open(
    rules: Rules,
    now: () => number,
    { ran = rules, ask }: { ran?: Rules; ask?: (db: TestDependencies['db']) => TestDependencies['db'] } = {},
  ): Promise<ServerWorld> {
    const heard: ServerWorld['heard'] = new Map();
    const listen = (mutator: Mutator): Mutator => ({
      ...mutator,
      authorize(tx, args, ctx) {
        heard.set(ctx.mid, { ctx, args, name: mutator.name });
        mutator.authorize(tx, args, ctx);
      },
      apply(tx, args, ctx) {
        heard.set(ctx.mid, { ctx, args, name: mutator.name });
        mutator.apply(tx, args, ctx);
      },
    });
    const mutators = new Map([...ran.mutators].map(([name, mutator]) => [name, listen(mutator)]));
    let world: ServerWorld | null = null;
    const own = (): number => now() + (world?.skew ?? 0);
    const deps = await createTestDependencies({ now: own, rules: { ...rules, mutators } });
    const asked = ask === undefined ? deps.db : ask(deps.db);
    const next = (): ServerFault | null => (world !== null && world.serving > 0 ? world.fault() : null);
    const db = withTransactions(asked, failingAround(next));
    world = new ServerWorld({ ...deps, db }, deps.db, { rules, heard, now });
    return world;
  }

  /** A server is started on the database that is there, and finds out what it can. */
  async start(): Promise<void> {
    if (this.trusting && this.history !== null) return;
    const file: MarkFile = {
      read: () => Promise.resolve(this.mark),
      write: (mark) => {
        this.mark = mark;
        return Promise.resolve();
      },
    };
    const name = (): string => String(++this.names).padStart(8, '0');
    const before = await this.epoch();
    this.history = await joinByMarks(this.disk, file, {
      logger: this.deps.logger,
      newEpoch: () => `epoch-doubt-${name()}`,
      newName: name,
    });
    if ((await this.epoch()) !== before) this.doubts += 1;
  }

  /** What a running server does every few seconds. */
  async keep(): Promise<void> {
    await this.history?.keep();
  }

  /** It is killed, maybe between the mark in the database and the one beside it, and started again. */
  async restart({ betweenMarks }: { betweenMarks: boolean }): Promise<string[]> {
    const [epoch, beside] = [await this.epoch(), this.mark];
    if (betweenMarks) {
      await this.keep();
      this.mark = beside;
    }
    await this.start();
    return (await this.epoch()) === epoch ? [] : ['RS1 a server that was killed takes its own database for a copy'];
  }

  private async epoch(): Promise<string> {
    return (await this.disk.selectFrom('server').select('epoch').executeTakeFirstOrThrow()).epoch;
  }

  /** What the route does: schema, handler, and the wire's JSON both ways. */
  async handle(session: Session, sent: unknown, pageSize?: number): Promise<SyncResponse> {
    const request = v.parse(syncRequestSchema, JSON.parse(JSON.stringify(sent)));
    const response = await this.serve(
      () => handleSync(this.deps, session, request, pageSize),
      () => this.noteCommitted(session, request),
    );
    this.note(session, request, response);
    return v.parse(syncResponseSchema, JSON.parse(JSON.stringify(response)));
  }

  /** While it lives: what a request whose server was killed would have been answered nobody hears. */
  private async serve<T>(answer: () => Promise<T>, killed: () => Promise<void>): Promise<T> {
    this.serving += 1;
    try {
      const answered = await answer();
      if (!this.isKilled) return answered;
      await killed();
      throw new ServerKilled();
    } finally {
      this.serving -= 1;
      if (this.serving === 0) this.isKilled = false;
    }
  }

  private fault(): ServerFault | null {
    if (this.isKilled) return 'serverKilledInside';
    const fault = this.failing();
    if (fault !== null) this.onFault(fault);
    this.isKilled = fault === 'serverKilledInside';
    return fault;
  }

  /** What it had committed of the request when it was killed stands, though nobody heard of it. */
  private async noteCommitted(session: Session, { push, ...request }: SyncRequest): Promise<void> {
    const receipts = await this.receipts();
    const pushed = push.map(({ space, mutations }) => ({
      space,
      receipts: mutations.flatMap(({ mid }) => {
        const receipt = receipts.get(`${space} ${mid}`);
        return receipt === undefined ? [] : [{ mid, ...receipt }];
      }),
    }));
    this.note(session, { ...request, push }, { pushed });
  }

  private note({ id, memberId }: Session, request: SyncRequest, response: Committed): void {
    const by = { memberId, revoked: this.ended.has(id) };
    for (const [run, { space, receipts }] of response.pushed.entries()) {
      const pushed = new Map(request.push[run]?.mutations.map((mutation) => [mutation.mid, mutation]));
      for (const { mid, status, code, data } of receipts) {
        // A repeated mutation, under whatever client, is answered and not run.
        if (this.logged.has(`${space} ${mid}`)) continue;
        this.logged.add(`${space} ${mid}`);
        const sent = pushed.get(mid) ?? null;
        const run = this.heard.get(mid);
        const outcome = { args: run?.args, ctx: run?.ctx ?? null, status, code, data };
        this.log.push({ space, mid, name: sent?.name ?? '', by, sent, ...outcome });
      }
    }
  }

  /** The coordinator changes what somebody may do; the record of the account follows, as in the real route. */
  async setRoles(memberId: string, roles: Roles): Promise<void> {
    await this.deps.db
      .updateTable('member')
      .set({ roles: JSON.stringify(roles) })
      .where('id', '=', memberId)
      .execute();
    // After a restore the same change may come under the same mid once more.
    for (const [mid, { name }] of this.heard) if (name === 'member.set') this.heard.delete(mid);
    const before = new Set(this.heard.keys());
    this.rolesBefore.set(memberId, { roles: this.roles.get(memberId) ?? roles, until: this.now() });
    this.roles.set(memberId, roles);
    await writeMemberRecord(this.deps, memberId);
    for (const [mid, { ctx, args, name }] of this.heard) {
      if (before.has(mid)) continue;
      this.log.push({
        space: ctx.space,
        mid,
        name,
        by: null,
        sent: null,
        args,
        ctx,
        status: 'applied',
        code: '',
        data: {},
      });
    }
  }

  /** The roles by which an answer of this moment may have been made. */
  rolesOf(memberId: string): Roles[] {
    const before = this.rolesBefore.get(memberId);
    return [this.roles.get(memberId), before?.until === this.now() ? before.roles : undefined].filter(
      (roles) => roles !== undefined,
    );
  }

  /** What no longer matters to a phone that has been here lately is thrown away, and how much; who comes later begins anew. */
  async collectTombstones(honest: boolean): Promise<number> {
    const { length } = await this.deps.db.selectFrom('record').select('id').where('deleted', '=', 1).execute();
    if (honest) await collectTombstones(this.deps, Number.MAX_SAFE_INTEGER);
    else await this.deps.db.deleteFrom('record').where('deleted', '=', 1).execute();
    return length;
  }

  async revoke(sessionId: string): Promise<void> {
    const revoked_at = this.deps.now();
    this.ended.add(sessionId);
    await this.deps.db.updateTable('session').set({ revoked_at }).where('id', '=', sessionId).execute();
  }

  async rows(): Promise<ServerRow[]> {
    const rows = await this.deps.db.selectFrom('record').selectAll().where('deleted', '=', 0).execute();
    return rows.map(({ space, kind, id, ver, data }) => ({ space, kind, id, ver, data: JSON.parse(data) as unknown }));
  }

  async digests(): Promise<Map<string, string>> {
    const spaces = await this.deps.db.selectFrom('space').select(['id', 'digest']).execute();
    return new Map(spaces.map(({ id, digest }) => [id, digest]));
  }

  /** The final word on every mutation, by space and mid. */
  async receipts(): Promise<Map<string, Pick<Receipt, 'status' | 'code' | 'data'>>> {
    const rows = await this.deps.db.selectFrom('receipt').selectAll().execute();
    return new Map(
      rows.map(({ space, mid, status, code, data }) => [
        `${space} ${mid}`,
        { status: status as Receipt['status'], code, data: JSON.parse(data) as Receipt['data'] },
      ]),
    );
  }

  /** What is held for a coordinator, decided or not, by space and mid. */
  async held(): Promise<Map<string, HeldRow>> {
    const rows = await this.deps.db.selectFrom('held').selectAll().execute();
    return new Map(
      rows.map(({ space, mid, member_id, mutation, version, args }) => [
        `${space} ${mid}`,
        { memberId: member_id, name: mutation, v: version, args: JSON.parse(args) as unknown },
      ]),
    );
  }

  async backup(): Promise<Backup> {
    const tables: Partial<Record<keyof Database, readonly unknown[]>> = {};
    for (const table of TABLES) tables[table] = await this.deps.db.selectFrom(table).selectAll().execute();
    return { tables: tables as Tables, logged: this.log.length, mark: this.mark };
  }

  /** The photos that came since the backup go with the disk; how many. */
  async losePhotos({ tables }: Backup): Promise<number> {
    const kept = new Set((tables.photo as readonly { sha: string }[]).map(({ sha }) => sha));
    const photos = await this.deps.db.selectFrom('photo').select('sha').execute();
    const lost = photos.filter(({ sha }) => !kept.has(sha));
    for (const { sha } of lost) await this.deps.photos.store.remove(sha);
    return lost.length;
  }

  /** Yesterday's state comes back, and a server is started on it. */
  async restore({ tables, logged, mark }: Backup, way: WayBack, epoch = ''): Promise<void> {
    // A backup is a file: it comes back beside the one path of writes that the triggers guard.
    const guards = await sql<{
      name: string;
      sql: string;
    }>`select name, sql from sqlite_master where type = 'trigger'`.execute(this.deps.db);
    await this.deps.db.transaction().execute(async (trx) => {
      for (const { name } of guards.rows) await sql`drop trigger ${sql.id(name)}`.execute(trx);
      for (const table of TABLES.toReversed()) await trx.deleteFrom(table).execute();
      for (const table of TABLES) {
        for (let from = 0; from < tables[table].length; from += 50) {
          const rows = tables[table].slice(from, from + 50) as Database[typeof table][];
          await trx.insertInto(table).values(rows).execute();
        }
      }
      if (way === 'backup') await trx.updateTable('server').set({ copied: 1 }).execute();
      if (way === 'command') {
        await trx.updateTable('server').set({ epoch }).execute();
        await trx.deleteFrom('mark').execute();
      }
      for (const { sql: text } of guards.rows) await sql.raw(text).execute(trx);
    });
    if (logged > 0) {
      this.restored = true;
      this.restoredAt = this.now();
    }
    if (way === 'command') this.mark = null;
    if (way === 'folder') this.mark = mark;
    for (const { id, roles } of tables.member as readonly { id: string; roles: string }[]) {
      const before = this.roles.get(id);
      if (before !== undefined) this.rolesBefore.set(id, { roles: before, until: this.now() });
      this.roles.set(id, JSON.parse(roles) as Roles);
    }
    const sessions = tables.session as readonly { id: string; revoked_at: number | null }[];
    this.ended = new Set(sessions.filter(({ revoked_at }) => revoked_at !== null).map(({ id }) => id));
    this.onRestored();
    this.log.splice(logged);
    this.logged.clear();
    for (const { space, mid } of this.log) this.logged.add(`${space} ${mid}`);
    await this.start();
  }
}
