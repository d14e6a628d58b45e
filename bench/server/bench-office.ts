import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import { NO_ROLES, type Roles } from '../../src/domain/actor/actor.ts';
import { buildCatalogue } from '../../src/domain/catalogue/catalogue-build.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import { gridSpace } from '../../src/domain/space/space.ts';
import { insertMember } from '../../src/server/auth/create-member.ts';
import { hashToken } from '../../src/server/auth/token-hash.ts';
import { createApp } from '../../src/server/app.ts';
import { toPinyin } from '../../src/server/catalogue/to-pinyin.ts';
import { listen, type Listening } from '../../src/server/listen.ts';
import { buildTown, GRIDS, placeIn } from '../../tests/simulation/sim-town.ts';
import { idOf, ticketDraft } from '../../tests/support/factories.ts';
import { createTestDependencies, type TestDependencies } from '../../tests/support/test-dependencies.ts';

export const [GRID] = GRIDS;
export const SPACE = gridSpace(GRID);

/** A real office in a file, behind a real port: the server as it runs, without the limits on how often one may ask. */
export interface BenchOffice {
  deps: TestDependencies;
  file: string;
  port: number;
  /** A member who is signed in. */
  addMember(name: string, roles: Partial<Roles>): Promise<BenchMember>;
  close(): Promise<void>;
}

export interface BenchMember {
  id: string;
  name: string;
  sessionId: string;
  cookie: string;
}

export async function openBenchOffice(): Promise<BenchOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-bench-'));
  const file = join(folder, 'doorstep.sqlite');
  const made = await createTestDependencies({ file, photoFolder: folder, now: () => Date.now() });
  // Lines are written as in real life, and thrown away.
  const deps = { ...made, logger: pino({ base: null }, destination('/dev/null')) };
  // As large as in real life: whoever pushes a ticket has it looked up.
  await buildTown(deps, buildCatalogue(toPinyin));
  const listening: Listening = await listen(createApp(deps), 0, '127.0.0.1');
  return {
    deps,
    file,
    port: listening.port,
    async addMember(name, roles) {
      const id = idOf('bench', 'member', name);
      const sessionId = idOf('bench', 'session', name);
      const token = `token-of-${id}`;
      const account = { id, displayName: name, signInName: `bench-${id}`, roles: { ...NO_ROLES, ...roles } };
      await insertMember(deps, deps.db, account, 'none');
      const moment = { created_at: deps.now(), last_seen_at: deps.now() };
      await deps.db
        .insertInto('session')
        .values({
          id: sessionId,
          token_hash: hashToken(token),
          member_id: id,
          device: 'bench',
          revoked_at: null,
          ...moment,
        })
        .execute();
      return { id, name, sessionId, cookie: `doorstep_session=${token}` };
    },
    async close() {
      deps.endStreams();
      await listening.cut();
      await deps.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const TEXT = '三楼楼道的声控灯坏了半个月，晚上老人下楼看不见台阶，希望尽快换一只亮一点的，最好带应急功能。';

/** What somebody says at a door; the row that comes of it is of about 1,200 bytes. */
export const benchTicket = (door: number, id: string): MutationDraft =>
  ticketDraft(placeIn(GRID, door), { id, kind: 'issue', item: 'WY09', text: TEXT });
