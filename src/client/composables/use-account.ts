import { sessionMemberSchema, type SessionMember } from '../../protocol/account-messages.ts';
import type { FirstScreenDependencies } from '../../sync/engine-dependencies.ts';
import type { OpeningOptions } from '../stores/open-engine.ts';
import { useSession } from '../stores/session.ts';
import { readStored, restoreDurable, STORAGE_KEYS, storedDurably, writeStored } from '../stores/storage-keys.ts';
import { answerOf } from '../transport/answer-of.ts';
import { api, ApiError } from '../transport/api-client.ts';

/** Coming in and going out. Nothing here ever deletes an outbox. */
export function useAccount() {
  const session = useSession();

  /** After a sign-in. */
  async function enter(member: SessionMember): Promise<void> {
    if (session.state !== 'signedIn' || session.member?.id !== member.id) return open(member, { afterSignIn: true });
    session.tell(member);
    await session.engine?.signedIn();
  }

  async function open(member: SessionMember, options: OpeningOptions): Promise<void> {
    const before = session.opened;
    // A piece of its own: whoever stands before the sign-in page for the first time does not wait for it.
    const { openEngine } = await import('../stores/open-engine.ts');
    const rooms = await openEngine(member.id, options);
    await before?.close();
    session.enter(member, rooms);
    // Whatever cookie a sign-out left behind, the one of this sign-in has taken its place.
    writeStored(STORAGE_KEYS.signOutPending, undefined);
    await storedDurably();
    const { engine } = rooms;
    engine.onStatus(() => {
      const actor = engine.actor();
      if (session.member?.id === actor.id && actor.name !== '') {
        session.tell({ id: actor.id, name: actor.name, roles: actor.roles as SessionMember['roles'] });
      }
    });
  }

  /** At the start: the member of last time, at once and without a network; else whoever the cookie names. */
  async function resume(firstScreen?: FirstScreenDependencies): Promise<void> {
    await restoreDurable();
    await finishSignOut();
    // The cookie is still that of somebody who has signed out.
    if (readStored(STORAGE_KEYS.signOutPending) === true) return session.leave();
    const last = session.lastMember();
    if (last) return open(last, { afterSignIn: false, ...(firstScreen && { firstScreen }) });
    try {
      await open(answerOf(sessionMemberSchema, await api.get('/api/session')), { afterSignIn: false });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      session.leave();
    }
  }

  /** A sign-out without a network left the cookie behind. */
  async function finishSignOut(): Promise<void> {
    if (readStored(STORAGE_KEYS.signOutPending) !== true) return;
    await endServerSession();
  }

  async function endServerSession(): Promise<void> {
    try {
      await api.delete('/api/session');
      writeStored(STORAGE_KEYS.signOutPending, undefined);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // No session any more is what we wanted; without a network it is tried again at the next start.
      writeStored(STORAGE_KEYS.signOutPending, error.code === 'unauthenticated' ? undefined : true);
    }
  }

  async function signOut(): Promise<void> {
    const rooms = session.opened;
    session.leave();
    await Promise.all([rooms?.close({ forgetCache: true }), endServerSession()]);
    await storedDurably();
  }

  return { enter, resume, signOut };
}
