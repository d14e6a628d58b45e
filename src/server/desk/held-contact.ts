import type { Kysely } from 'kysely';
import * as v from 'valibot';
import type { Conflict } from '../../domain/conflict/conflict.ts';
import { idField } from '../../domain/mutation/fields.ts';
import { idInArgs } from '../../domain/mutation/id-in-args.ts';
import { parseSpace } from '../../domain/space/space.ts';
import type { Database } from '../db/schema.ts';
import { readRecord } from '../sync/read-record.ts';
import type { Held } from './held-repository.ts';

/** The words in a held mutation that are a person's: of a contact, or of a decision over two that met in one. */
export interface HeldContact {
  gridId: string;
  /** Empty where it cannot be told: args may be of any shape. */
  contactId: string;
  /** What may be shown without a reason. */
  isPlain(field: string, value: unknown): boolean;
  /** As which field of a contact a value is masked. */
  maskedAs(field: string): string;
}

/** Undefined where there is nobody's number, name or note in it. */
export async function contactIn(db: Kysely<Database>, held: Held): Promise<HeldContact | undefined> {
  const space = parseSpace(held.space);
  if (space?.kind === 'contact') return wholeContact(space.owner, JSON.parse(held.args) as unknown);
  if (space?.kind !== 'grid' || held.mutation !== 'conflict.resolve') return undefined;
  return decisionOver(db, held, space.owner);
}

const wholeContact = (gridId: string, args: unknown): HeldContact => ({
  gridId,
  contactId: idInArgs(args),
  isPlain: (field, value) => field === 'id' && v.is(idField, value),
  maskedAs: (field) => field,
});

const SAYS_NOTHING = ['id', 'choose', 'seen'];

/** Its grid has a masked copy of such a conflict. Where it has none, the text may as well be a telephone number. */
async function decisionOver(db: Kysely<Database>, held: Held, gridId: string): Promise<HeldContact | undefined> {
  const args = JSON.parse(held.args) as unknown;
  const conflict: Conflict | undefined = (await readRecord(db, held.space, 'conflict', idInArgs(args)))?.data;
  if (conflict !== undefined && conflict.kind !== 'contact') return undefined;
  const isPlain = (field: string): boolean => SAYS_NOTHING.includes(field);
  if (typeof args === 'object' && args !== null && Object.keys(args).every(isPlain)) return undefined;
  return { gridId, contactId: conflict?.recordId ?? '', isPlain, maskedAs: () => conflict?.field ?? 'text' };
}
