import { createHash } from 'node:crypto';
import { NO_ROLES, type Roles } from '../../src/domain/actor/actor.ts';
import type { AnyRecord, Kind } from '../../src/domain/record/record.ts';
import { contentHash, digestAdd, EMPTY_DIGEST } from '../../src/protocol/digest.ts';
import type { Session } from '../../src/server/auth/session.ts';
import type { Dependencies } from '../../src/server/dependencies.ts';

/** One community `c1` with the grids `g1` and `g2`, put there without a mutator. */
export async function addPlaces(deps: Dependencies): Promise<void> {
  await addRecord(deps, 'office', 'community', 'c1', { name: '清泰门社区', phone: '' });
  await addRecord(deps, 'community:c1', 'grid', 'g1', { name: '第一网格', isDefault: true });
  await addRecord(deps, 'community:c1', 'grid', 'g2', { name: '第二网格', isDefault: false });
}

async function addRecord(
  deps: Dependencies,
  space: string,
  kind: Kind,
  id: string,
  data: AnyRecord['data'],
): Promise<void> {
  const row = await deps.db.selectFrom('space').select(['ver', 'digest']).where('id', '=', space).executeTakeFirst();
  const ver = (row?.ver ?? 0) + 1;
  const digest = digestAdd(row?.digest ?? EMPTY_DIGEST, {
    kind,
    id,
    ver,
    content: contentHash(JSON.stringify(data)),
  });
  await deps.db
    .insertInto('space')
    .values({ id: space, ver, gc_ver: 0, digest })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ver, digest }))
    .execute();
  await deps.db
    .insertInto('record')
    .values({ space, kind, id, ver, deleted: 0, data: JSON.stringify(data), updated_at: deps.now() })
    .execute();
}

export interface SampleMember {
  session: Session;
  /** The cookie that a browser of theirs would send. */
  cookie: string;
}

/** A member who is signed in, with an account as the sign-in would leave it. */
export async function addMember(
  deps: Dependencies,
  id: string,
  roles: Partial<Roles> = {},
  name = `成员${id}`,
): Promise<SampleMember> {
  const token = `token-of-${id}`;
  const full = { ...NO_ROLES, ...roles };
  await deps.db
    .insertInto('member')
    .values({
      id,
      name,
      sign_in_name: id,
      sign_in_key: id,
      password_hash: '',
      roles: JSON.stringify(full),
      active: 1,
      created_at: deps.now(),
      last_seen_at: null,
    })
    .execute();
  await deps.db
    .insertInto('session')
    .values({
      id: `session-of-${id}`,
      token_hash: createHash('sha256').update(token).digest('hex'),
      member_id: id,
      device: 'Chrome, Android',
      created_at: deps.now(),
      last_seen_at: deps.now(),
      revoked_at: null,
    })
    .execute();
  const session = { id: `session-of-${id}`, memberId: id, name, roles: full, revoked: false };
  return { session, cookie: `doorstep_session=${token}` };
}
