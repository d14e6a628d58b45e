import type { Generated } from 'kysely';

/** Columns as both engines store them: booleans are 0 or 1, times are milliseconds, JSON is text. */
export interface Database {
  server: ServerTable;
  space: SpaceTable;
  record: RecordTable;
  client: ClientTable;
  client_space: ClientSpaceTable;
  receipt: ReceiptTable;
  held: HeldTable;
  record_home: RecordHomeTable;
  slip_code: SlipCodeTable;
  claim_due: ClaimDueTable;
  photo: PhotoTable;
  photo_bringer: PhotoBringerTable;
  media_ref: MediaRefTable;
  proof_failure: ProofFailureTable;
  member: MemberTable;
  session: SessionTable;
  invitation: InvitationTable;
  reveal: RevealTable;
  mark: MarkTable;
  stand: StandTable;
  run: RunTable;
  run_space: RunSpaceTable;
}

/** One row, `id` 1. A restore from backup changes the epoch, so that caches begin anew. */
export interface ServerTable {
  id: number;
  epoch: string;
  /** SHA-256 of the one-time set-up token, hex; null once the office exists. */
  setup_token_hash: string | null;
  /** 1 in what `npm run backup` writes: a server that is started on it takes a new epoch. */
  copied: Generated<number>;
  /** The run that is now; empty before the first. */
  run: Generated<string>;
  /** By which a photo store knows this office; empty before it is asked for. */
  office: Generated<string>;
}

/** The last few marks that SQLite's server has set; the newest lies in a file beside the database too. */
export interface MarkTable {
  n: number;
  id: string;
}

/** One row, `id` 1: in which PostgreSQL these tables stood when a process last looked. */
export interface StandTable {
  id: number;
  seen: string;
  /** The transaction that wrote this row: where rows were written anew, as from a dump, it is another one. */
  written_by: string;
}

/** From one start of a server to the next: in their order, each under a name that no other history has. [RS6] */
export interface RunTable {
  n: number;
  id: string;
}

/** Where a space stood when a run began; written only where it had moved since the row before. */
export interface RunSpaceTable {
  space: string;
  run: number;
  ver: number;
}

export interface SpaceTable {
  id: string;
  ver: number;
  /** Tombstones up to this version are gone: an older cursor begins anew. */
  gc_ver: number;
  /** Digest over live rows (protocol/digest.ts), hex text. */
  digest: string;
}

export interface RecordTable {
  space: string;
  kind: string;
  id: string;
  ver: number;
  deleted: number;
  /** JSON; `null` for a tombstone. */
  data: string;
  updated_at: number;
}

/** One install: (browser profile, member). */
export interface ClientTable {
  id: string;
  member_id: string;
  build: string;
  pending: number;
  /** Photos and voice notes that waited beside them; of these, voice notes. */
  pending_media: number;
  pending_sounds: number;
  first_seen_at: number;
  last_seen_at: number;
  /** When it last had nothing waiting: whatever comes later was written after that. */
  drained_at: number | null;
  /** The session that it came with last; where that is gone, the device has signed out. */
  session_id: string | null;
  /** The number that it gave up for this one by itself. */
  follows: string | null;
  /** JSON of the grids of which something lay on it when it last came. */
  grids: Generated<string>;
  /** A coordinator has put aside what waited on it when its storage was cleared. */
  left_aside_at: number | null;
}

export interface ClientSpaceTable {
  client: string;
  space: string;
  last_seq: number;
}

export interface ReceiptTable {
  client: string;
  space: string;
  seq: number;
  mid: string;
  status: string;
  code: string;
  data: string;
  ver: number;
  at: number;
}

/** Mutations held for a coordinator: nothing that was recorded is lost. */
export interface HeldTable {
  id: string;
  client: string;
  member_id: string;
  member_name: string;
  space: string;
  mid: string;
  mutation: string;
  version: number;
  args: string;
  /** noAccess, moved, revoked, fault, asked */
  reason: string;
  at: number;
  device_at: number;
  received_at: number;
  resolved_at: number | null;
  resolved_by: string | null;
  resolution: string | null;
  /** How often it was taken up again after it had been sent back. */
  reopened: Generated<number>;
  /** Since when the phone that wrote it has it no more: its session was ended before or after this was held. */
  let_go_at: number | null;
}

/** Where a record stands that once stood, or was said to stand, in another space. */
export interface RecordHomeTable {
  from_space: string;
  kind: string;
  id: string;
  to_space: string;
}

/** The bytes of a photo or a voice note: here, or on their way. */
export interface PhotoTable {
  sha: string;
  type: string;
  size: number;
  /** When somebody last brought bytes of it. */
  touched_at: number;
  /** Null until all of it is verified and in the photo store. */
  stored_at: number | null;
}

/**
 * Who brings these bytes, or has brought them: a hash that somebody names who never had the bytes shows them to nobody.
 * [PH4]
 */
export interface PhotoBringerTable {
  sha: string;
  member_id: string;
  /** What this member says that they are. */
  type: string;
  size: number;
  /** When all of them had come from this member, or this member could see them; null: still under way. */
  brought_at: number | null;
}

/** Which live record needs which bytes; written with the record, in the same transaction. */
export interface MediaRefTable {
  sha: string;
  space: string;
  kind: string;
  id: string;
}

/** Where a slip's code leads; written with the slip, in the same transaction. */
export interface SlipCodeTable {
  code: string;
  space: string;
  slip_id: string;
}

/** When a claim falls back to the wall; written with the card, in the same transaction. */
export interface ClaimDueTable {
  space: string;
  card_id: string;
  claim_mid: string;
  due_at: number;
}

/** Wrong digits for a slip: five lock its confirmation for 15 minutes. */
export interface ProofFailureTable {
  slip_id: string;
  count: number;
  locked_until: number;
}

export interface MemberTable {
  id: string;
  name: string;
  /** As typed; `sign_in_key` is its lower-case NFKC form and unique. */
  sign_in_name: string;
  sign_in_key: string;
  /** argon2id in PHC form. */
  password_hash: string;
  /** JSON of Roles. */
  roles: string;
  active: number;
  created_at: number;
  last_seen_at: number | null;
}

export interface SessionTable {
  id: string;
  /** SHA-256 of the token, hex. */
  token_hash: string;
  member_id: string;
  device: string;
  created_at: number;
  last_seen_at: number;
  /** Set by a coordinator or by the member: may still push, all of it held. Signing out deletes the row instead. */
  revoked_at: number | null;
  /** Who reported the device lost: such an end can be taken back until the device has heard of it. */
  lost_by: string | null;
  /** When a device first came with it after its end, and so was told to erase what it holds. */
  heard_at: number | null;
}

export interface InvitationTable {
  id: string;
  token_hash: string;
  display_name: string;
  roles: string;
  created_by: string;
  created_at: number;
  expires_at: number;
  accepted_at: number | null;
  member_id: string | null;
}

/** Who looked at a contact, when, why; never deleted by the application. */
export interface RevealTable {
  id: string;
  grid_id: string;
  contact_id: string;
  ticket_id: string;
  member_id: string;
  member_name: string;
  reason: string;
  at: number;
}
