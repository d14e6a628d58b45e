import type { Transaction } from 'kysely';
import type { LinesResponse } from '../../protocol/sync-lines.ts';
import { PAGE_SIZE, type PushResult, type SyncRequest, type SyncResponse } from '../../protocol/sync-messages.ts';
import type { Session } from '../auth/session.ts';
import { isPostgres } from '../db/engine.ts';
import { inSharedSnapshot, type SharedWork } from '../db/group-commit.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { readAllowedSpaces } from './allowed-spaces.ts';
import { readAuthor, type Author } from './author.ts';
import { pageOfRows } from './encode-lines.ts';
import { gridsNamed } from './grids-named.ts';
import { findOrMakeClient, noteContact, noteEndHeard } from './clients.ts';
import { pullSpace, type PullContext } from './pull-space.ts';
import type { PushContext } from './push-batch.ts';
import { pushSpace } from './push-space.ts';
import { serverIn, type ServerRow } from './transaction-memory.ts';

/** Full pages of JSON in one answer, over all of its spaces; one without room is answered by an empty page that is not done. */
const PAGES_PER_ANSWER = 4;

/**
 * How many rows a page holds at most, how many there is room for in the answer, and whether it may be packed: then room says
 * only whether one more page is begun, for that is whole.
 */
interface AnswerSize extends Pick<PullContext, 'pageSize' | 'room'> {
  packed: boolean;
}
const LINES = PAGES_PER_ANSWER * PAGE_SIZE;
export const IN_LINES: AnswerSize = { pageSize: LINES, room: LINES, packed: false };
/** Half as many answers are less work for both; a phone on a link too slow for one asks for lines [PL8]. */
export const PACKED: AnswerSize = { pageSize: 2 * LINES, room: LINES, packed: true };

/** The answer in JSON: as `answerSync`, with pages that a phone of any age can take. */
export async function handleSync(
  deps: Dependencies,
  session: Session,
  request: SyncRequest,
  pageSize = PAGE_SIZE,
): Promise<SyncResponse> {
  const answer = await answerSync(deps, session, request, {
    pageSize,
    room: PAGES_PER_ANSWER * pageSize,
    packed: false,
  });
  return { ...answer, pages: answer.pages.map(pageOfRows) };
}

/**
 * One round trip: settles what the phone pushes, then reads what it pulls in one snapshot, so that the answer
 * already holds the effects of its own mutations. Over SQLite that is read at the end of the transaction that settles
 * the last of them, and told when it is on the disk like all the rest.
 */
export async function answerSync(
  deps: Dependencies,
  session: Session,
  request: SyncRequest,
  size: AnswerSize,
): Promise<LinesResponse> {
  const now = deps.now();
  if (request.member !== session.memberId) return otherMember(deps, session, now);
  const { client: clientId, follows = null, build, pending, sentAt } = request;
  const { waiting: media, sounds } = request.media ?? { waiting: 0, sounds: 0 };
  const gridsAfter = (before: readonly string[]): string[] => gridsNamed(before, request, session.revoked);
  const contact = { now, build, pending, media, sounds, sessionId: session.id, follows, gridsAfter };
  const client = await findOrMakeClient(deps.db, clientId, session.memberId, contact);
  if (session.revoked) await deps.disk.ifWritable(() => noteEndHeard(deps.db, client?.id, session.id, now));
  const context: PushContext | undefined = client && {
    session,
    client: clientId,
    now,
    sentAt,
    drainedAt: client.drainedAt,
    settled: 0,
    noteSettled: (db, settled) => noteContact(db, client, contact, settled),
  };
  const pushed: PushResult[] = [];
  const read = (trx: Transaction<Database>) => pull(trx, deps, session, request, client ? clientId : null, size);
  let pulled: Pulled | undefined;
  for (const [n, { space, mutations }] of request.push.entries()) {
    const withLast = n === request.push.length - 1 ? read : undefined;
    const { result, read: answer } = context
      ? await pushSpace(deps, context, space, mutations, withLast)
      : { result: foreignClient(space, mutations[0]?.seq ?? 1), read: undefined };
    pushed.push(result);
    pulled = answer;
    // What was written later may build on what has been stopped: it is left unanswered and comes again.
    if (result.stop) break;
  }
  if (context?.settled === 0) await deps.disk.ifWritable(() => context.noteSettled(deps.db, 0));
  pulled ??= await inSnapshot(deps.db, read);
  countPull(deps.metrics, pulled);
  return { serverTime: now, pushed, ...pulled };
}

/** Someone else's number, met after a profile was copied: the phone takes a new one. */
const foreignClient = (space: string, seq: number): PushResult => ({
  space,
  lastSeq: 0,
  receipts: [],
  stop: { seq, reason: 'fork', retryAfterMs: null },
});

/** The browser's session is not of the member for whom the phone works: nothing happens on either side. */
async function otherMember(deps: Dependencies, session: Session, now: number): Promise<LinesResponse> {
  const { epoch } = await readServer(deps.db);
  const { id, name, roles } = memberOf(await readAuthor(deps.db, session));
  return {
    epoch,
    serverTime: now,
    member: { id, name, roles },
    revoked: false,
    allowed: [],
    pushed: [],
    pages: [],
    resets: [],
  };
}

const memberOf = ({ memberId, name, roles }: Author): SyncResponse['member'] => ({
  id: memberId,
  name,
  roles: { ...roles, volunteer: [...roles.volunteer], coordinator: [...roles.coordinator] },
});

const findServer = prepareQuery<Record<never, never>, ServerRow>((db) =>
  db.selectFrom('server').select(['epoch', 'run']).where('id', '=', 1),
);

async function readServer(db: Dependencies['db']): Promise<ServerRow> {
  const memory = serverIn(db);
  const server = (memory.server ??= (await findServer(db, {}))[0]);
  if (!server) throw new Error('the database has no epoch');
  return server;
}

function countPull({ pulls, rowsSent }: Dependencies['metrics'], { pages, resets }: Pulled): void {
  pulls.inc({ result: 'page' }, pages.length);
  pulls.inc({ result: 'reset' }, resets.length);
  rowsSent.inc(pages.reduce((sum, { lines }) => sum + lines.count, 0));
}

/** SQLite has one connection, on which reads that come at once share a snapshot; PostgreSQL answers them side by side. */
function inSnapshot<T>(db: Dependencies['db'], read: SharedWork<T>): Promise<T> {
  if (!isPostgres(db)) return inSharedSnapshot(db, read);
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}

type Pulled = Omit<LinesResponse, 'serverTime' | 'pushed'>;

/** `allowed` and the pages are of one snapshot: nothing is read out that the same answer does not allow. [I9] */
async function pull(
  trx: Transaction<Database>,
  { packedPages }: Dependencies,
  session: Session,
  request: SyncRequest,
  client: string | null,
  { packed, ...size }: AnswerSize,
): Promise<Pulled> {
  const { epoch, run } = await readServer(trx);
  const author = await readAuthor(trx, session);
  const allowed = await readAllowedSpaces(trx, author);
  const ids = new Set(allowed.map(({ id }) => id));
  const context = {
    client,
    sameEpoch: request.epoch === null || request.epoch === epoch,
    run,
    allows: (space: string) => ids.has(space),
    digests: request.protocol > 1,
    ...size,
    packed: packed ? { pages: packedPages, epoch, run } : null,
  };
  const pages: LinesResponse['pages'] = [];
  const resets: SyncResponse['resets'] = [];
  for (const wanted of request.pull) {
    const answer = await pullSpace(trx, context, wanted);
    if ('page' in answer) pages.push(answer.page);
    else resets.push(answer.reset);
  }
  return { epoch, member: memberOf(author), revoked: author.revoked, allowed, pages, resets };
}
