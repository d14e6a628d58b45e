import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { NO_ROLES, type Roles } from '../../src/domain/actor/actor.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import { communitySpace } from '../../src/domain/space/space.ts';
import { createApp } from '../../src/server/app.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { insertMember } from '../../src/server/auth/create-member.ts';
import { hashPassword } from '../../src/server/auth/password.ts';
import { SESSION_COOKIE } from '../../src/server/auth/session.ts';
import { hashToken } from '../../src/server/auth/token-hash.ts';
import { writeMemberRecord } from '../../src/server/auth/write-member-record.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { prepareSetup } from '../../src/server/setup/prepare-setup.ts';
import { idOf } from './factories.ts';
import { createTestDependencies, type TestDependencies, type TestOptions } from './test-dependencies.ts';

export const PASSWORD = 'a long password';
/** Made once: it costs a tenth of a second each time, and that is not what these tests are about. */
let hash: Promise<string> | undefined;

/** One browser: keeps its cookie and asks the application as a page of ours would. */
export class Browser {
  readonly #app: Hono;
  cookie = '';

  constructor(app: Hono) {
    this.#app = app;
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await this.#app.request(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const set = response.headers.get('set-cookie');
    if (set) this.cookie = set.split(';')[0] ?? '';
    return response;
  }

  /** Whose session this is. */
  async memberId(): Promise<string> {
    return ((await (await this.ask('GET', '/api/session')).json()) as { id: string }).id;
  }

  async signIn(signInName: string, password = PASSWORD): Promise<Response> {
    return this.ask('POST', '/api/session', { signInName, password, device: 'Chrome, Android' });
  }
}

export interface WorldOptions extends TestOptions {
  /** Left out: silent. */
  logger?: Logger;
}

export interface AccountWorld {
  deps: TestDependencies;
  app: Hono;
  browser(): Browser;
  /** A new account with these roles; its sign-in name is its display name. */
  member(name: string, roles: Partial<Roles>): Promise<string>;
  /** The same, signed in: the session is put there without the work of comparing a password. */
  signedIn(name: string, roles: Partial<Roles>): Promise<Browser>;
  /** Applies a draft as this member; throws where it is refused. */
  apply(memberId: string, draft: MutationDraft): Promise<void>;
}

export const EAST = { id: idOf('community', 'east'), grid: idOf('grid', 'east'), grid2: idOf('grid', 'east', '2') };
export const WEST = { id: idOf('community', 'west'), grid: idOf('grid', 'west') };

/** The real application over a real database, with nothing in it. */
export async function emptyWorld({ logger, ...options }: WorldOptions = {}): Promise<AccountWorld> {
  const deps = await createTestDependencies(options);
  if (logger) deps.logger = logger;
  const app = createApp(deps);
  const world: AccountWorld = {
    deps,
    app,
    browser: () => new Browser(app),
    async member(name, roles) {
      hash ??= hashPassword(PASSWORD);
      const account = { displayName: name, signInName: name, roles: { ...NO_ROLES, ...roles } };
      const id = await insertMember(deps, deps.db, account, await hash);
      await writeMemberRecord(deps, id);
      return id;
    },
    async signedIn(name, roles) {
      const id = await world.member(name, roles);
      const browser = world.browser();
      const token = deps.newToken();
      const now = deps.now();
      const session = { id: deps.newId(), token_hash: hashToken(token), member_id: id, device: 'Chrome, Android' };
      const times = { created_at: now, last_seen_at: now, revoked_at: null };
      await deps.db
        .insertInto('session')
        .values({ ...session, ...times })
        .execute();
      browser.cookie = `${SESSION_COOKIE}=${token}`;
      return browser;
    },
    async apply(memberId, draft) {
      const actor = await actorOf(deps.db, memberId);
      const result = await applyMutation(deps, { ...draft, actor, mid: deps.newId(), at: deps.now() });
      if (result.status === 'rejected') throw new Error(`${draft.name}: ${result.code}`);
    },
  };
  return world;
}

/** The token that the console shows. */
export async function setupToken(world: AccountWorld): Promise<string> {
  return (await prepareSetup(world.deps))?.split('#')[1] ?? '';
}

/** An office with two communities, east with two grids and west with one, and its admin, signed in as `admin`. */
export async function officeWorld(
  options: WorldOptions = {},
): Promise<AccountWorld & { admin: Browser; adminId: string }> {
  const world = await emptyWorld(options);
  const admin = world.browser();
  const answer = await admin.ask('POST', '/api/setup', {
    token: await setupToken(world),
    officeName: '望江街道',
    officePhone: '',
    displayName: '管理员',
    signInName: 'admin',
    password: PASSWORD,
    device: 'Firefox, Linux',
  });
  const { id: adminId } = (await answer.json()) as { id: string };
  const community = (id: string, name: string, grid: string): MutationDraft => ({
    space: 'office',
    name: 'community.create',
    v: 1,
    args: { id, name, phone: '', defaultGrid: { id: grid, name: '第一网格' } },
  });
  await world.apply(adminId, community(EAST.id, '清泰门社区', EAST.grid));
  await world.apply(adminId, community(WEST.id, '望江门社区', WEST.grid));
  const secondGrid = { id: EAST.grid2, name: '第二网格' };
  await world.apply(adminId, { space: communitySpace(EAST.id), name: 'grid.create', v: 1, args: secondGrid });
  return { ...world, admin, adminId };
}

/** The code of the error that a response carries. */
export const codeOfError = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;
