import * as v from 'valibot';

/** As `stores/storage-keys.ts` names them; that file knows localStorage, which a worker has not. */
export const LAST_MEMBER = 'doorstep.last-member';
export const SIGN_OUT_PENDING = 'doorstep.sign-out-pending';

const memberSchema = v.object({ id: v.string() });

/** For whom the application would open here; null where nobody is in, or somebody has just signed out. */
export function memberHere(kept: ReadonlyMap<string, unknown>): string | null {
  if (kept.get(SIGN_OUT_PENDING) === true) return null;
  const last = v.safeParse(memberSchema, kept.get(LAST_MEMBER));
  return last.success ? last.output.id : null;
}
