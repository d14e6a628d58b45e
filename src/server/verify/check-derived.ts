import type { Transaction } from 'kysely';
import { shasOf } from '../../domain/photo/media-of.ts';
import type { Kind } from '../../domain/record/record.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import { rowsOf } from '../backup/tables.ts';
import type { Database } from '../db/schema.ts';
import { Finding, type Check } from './check.ts';
import { nameOf, type LiveRecord } from './check-records.ts';

const ADVICE = 'Note the ids and tell whoever maintains the program: records are right, what is looked up by is not.';

/** What the tables beside `record` must hold, gathered from the live records. */
export class Derived {
  readonly #slips = new Map<string, string>();
  readonly #claims = new Map<string, { mid: string; dueAt: number }>();
  readonly #media = new Set<string>();
  readonly #live = new Set<string>();

  readonly note = (record: LiveRecord): void => {
    const { space, kind, id, data } = record;
    this.#live.add(nameOf(record));
    if (kind === 'slip') this.#slips.set((data as RecordData['slip']).code, `${space} ${id}`);
    if (kind === 'card') {
      const { state, claim } = data as RecordData['card'];
      if (state === 'claimed' && claim) this.#claims.set(`${space} ${id}`, { mid: claim.mid, dueAt: claim.expiresAt });
    }
    for (const sha of shasOf(kind as Kind, data)) this.#media.add(`${sha} ${nameOf(record)}`);
  };

  async check(trx: Transaction<Database>, now: number): Promise<Check[]> {
    return [
      await this.#checkSlips(trx),
      await this.#checkClaims(trx, now),
      await this.#checkMedia(trx),
      await this.#checkHomes(trx),
    ];
  }

  async #checkSlips(trx: Transaction<Database>): Promise<Check> {
    const finding = new Finding('codes of slips (slip_code)', ADVICE);
    const left = new Map(this.#slips);
    for await (const rows of rowsOf(trx, 'slip_code')) {
      for (const { code, space, slip_id: id } of rows) {
        finding.looked += 1;
        // Never the code: it opens a page.
        if (left.get(code) !== `${space} ${id}`) finding.fault(`${space} ${id}`);
        else left.delete(code);
      }
    }
    for (const place of left.values()) finding.fault(place);
    return finding;
  }

  async #checkClaims(trx: Transaction<Database>, now: number): Promise<Check> {
    const finding = new Finding('days of claims (claim_due)', ADVICE);
    const left = new Map(this.#claims);
    for await (const rows of rowsOf(trx, 'claim_due')) {
      for (const { space, card_id: id, claim_mid: mid, due_at: dueAt } of rows) {
        finding.looked += 1;
        const claim = left.get(`${space} ${id}`);
        if (!claim || claim.mid !== mid || claim.dueAt !== dueAt) finding.fault(`${space} ${id}`);
        left.delete(`${space} ${id}`);
      }
    }
    // The timer takes away the day of a claim that has passed and that the rules do not let expire.
    for (const [place, { dueAt }] of left) if (dueAt > now) finding.fault(place);
    return finding;
  }

  async #checkMedia(trx: Transaction<Database>): Promise<Check> {
    const finding = new Finding('who needs which photo (media_ref)', ADVICE);
    const left = new Set(this.#media);
    for await (const rows of rowsOf(trx, 'media_ref')) {
      for (const row of rows) {
        finding.looked += 1;
        if (!left.delete(`${row.sha} ${nameOf(row)}`)) finding.fault(`${row.sha} ${nameOf(row)}`);
      }
    }
    for (const place of left) finding.fault(place);
    return finding;
  }

  /** A record is not where it is said to have gone from, and every way is one step long. */
  async #checkHomes(trx: Transaction<Database>): Promise<Check> {
    const finding = new Finding('where records have gone (record_home)', ADVICE);
    const homes = new Map<string, string>();
    for await (const rows of rowsOf(trx, 'record_home')) {
      for (const { from_space: space, kind, id, to_space: to } of rows) homes.set(nameOf({ space, kind, id }), to);
    }
    for (const [from, to] of homes) {
      finding.looked += 1;
      const [space = '', ...rest] = from.split(' ');
      if (to === space || this.#live.has(from) || homes.has([to, ...rest].join(' '))) finding.fault(from);
    }
    return finding;
  }
}
