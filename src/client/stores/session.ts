import { defineStore } from 'pinia';
import * as v from 'valibot';
import { computed, shallowRef } from 'vue';
import { NO_ROLES, type Roles } from '../../domain/actor/actor.ts';
import { sessionMemberSchema, type SessionMember } from '../../protocol/account-messages.ts';
import type { SyncEngine } from '../../sync/engine-api.ts';
import type { DraftStore } from '../db/open-draft-store.ts';
import { readStored, STORAGE_KEYS, writeStored } from './storage-keys.ts';

/** `opening` until it is known whether someone is signed in here. */
export type SessionState = 'opening' | 'signedOut' | 'signedIn';

export interface KnownMember {
  id: string;
  name: string;
}

/** The member's stores and engine, opened together and closed together. */
export interface OpenedEngine {
  engine: SyncEngine;
  drafts: DraftStore;
  /** Stops passes and closes the databases. */
  close(): Promise<void>;
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
  const state = shallowRef<SessionState>('opening');
  const member = shallowRef<SessionMember | null>(null);
  const opened = shallowRef<OpenedEngine | null>(null);

  const engine = computed(() => opened.value?.engine ?? null);
  const drafts = computed(() => opened.value?.drafts ?? null);
  const roles = computed<Roles>(() => engine.value?.actor().roles ?? member.value?.roles ?? NO_ROLES);

  /** Notes the member before the databases open, so that what they hold is never without a name. */
  function enter(who: SessionMember, rooms: OpenedEngine): void {
    member.value = who;
    opened.value = rooms;
    state.value = 'signedIn';
    writeStored(STORAGE_KEYS.lastMember, who);
    const others = knownMembers().filter(({ id }) => id !== who.id);
    writeStored(STORAGE_KEYS.knownMembers, [...others, { id: who.id, name: who.name }]);
  }

  /** Nobody is in any more; who was known stays known, for their records may wait here. */
  function leave(): void {
    member.value = null;
    opened.value = null;
    state.value = 'signedOut';
    writeStored(STORAGE_KEYS.lastMember, undefined);
  }

  function forget(memberId: string): void {
    writeStored(
      STORAGE_KEYS.knownMembers,
      knownMembers().filter(({ id }) => id !== memberId),
    );
  }

  return { state, member, roles, opened, engine, drafts, enter, leave, forget, lastMember, knownMembers };
});
