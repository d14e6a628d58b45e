import { defineStore } from 'pinia';
import * as v from 'valibot';
import { computed, ref, shallowRef } from 'vue';
import { NO_ROLES, type Roles } from '../../domain/actor/actor.ts';
import { sessionMemberSchema, type SessionMember } from '../../protocol/account-messages.ts';
import type { SyncEngine } from '../../sync/engine-api.ts';
import type { DraftStore } from '../db/open-draft-store.ts';
import { readStored, STORAGE_KEYS, writeStored } from './storage-keys.ts';

/** `opening` until it is known whether someone is signed in here; `broken` where the phone's storage does not open. */
export type SessionState = 'opening' | 'signedOut' | 'signedIn' | 'broken';

export interface KnownMember {
  id: string;
  name: string;
}

/** The member's stores and engine, opened together and closed together. */
export interface OpenedEngine {
  engine: SyncEngine;
  drafts: DraftStore;
  /** Stops passes and closes the databases; at sign-out the cache goes, the outbox never. */
  close(options?: { forgetCache?: boolean }): Promise<void>;
}

const knownSchema = v.array(v.object({ id: v.string(), name: v.string() }));

function lastMember(): SessionMember | null {
  const kept = v.safeParse(sessionMemberSchema, readStored(STORAGE_KEYS.lastMember));
  return kept.success ? kept.output : null;
}

function knownMembers(): KnownMember[] {
  const kept = v.safeParse(knownSchema, readStored(STORAGE_KEYS.knownMembers));
  return kept.success ? kept.output : [];
}

export const useSession = defineStore('session', () => {
  const state = ref<SessionState>('opening');
  const member = shallowRef<SessionMember | null>(null);
  const opened = shallowRef<OpenedEngine | null>(null);

  const engine = computed(() => opened.value?.engine ?? null);
  const drafts = computed(() => opened.value?.drafts ?? null);
  const roles = computed<Roles>(() => member.value?.roles ?? NO_ROLES);

  /** Notes the member first, so that what the databases hold is never without a name. */
  function enter(who: SessionMember, rooms: OpenedEngine): void {
    tell(who);
    opened.value = rooms;
    state.value = 'signedIn';
  }

  /** What a sign-in or a sync told of the member. */
  function tell(who: SessionMember): void {
    if (JSON.stringify(who) === JSON.stringify(member.value)) return;
    member.value = who;
    writeStored(STORAGE_KEYS.lastMember, who);
    const others = knownMembers().filter(({ id }) => id !== who.id);
    writeStored(STORAGE_KEYS.knownMembers, [...others, { id: who.id, name: who.name }]);
  }

  /** Nobody is in any more; who was in stays known, for their records may wait here. */
  function leave(): void {
    member.value = null;
    opened.value = null;
    state.value = 'signedOut';
    writeStored(STORAGE_KEYS.lastMember, undefined);
  }

  /** Nothing of this member waits here. */
  function forget(memberId: string): void {
    writeStored(
      STORAGE_KEYS.knownMembers,
      knownMembers().filter(({ id }) => id !== memberId),
    );
  }

  return { state, member, roles, opened, engine, drafts, enter, tell, leave, forget, lastMember, knownMembers };
});
