import { base64 as base64Text } from '@scure/base';
import * as v from 'valibot';
import { isMediaType } from '../domain/photo/media.ts';
import { contentHash } from '../protocol/digest.ts';
import { RESCUE_FORMAT, RESCUE_VERSION, rescueBodySchema, rescueFileSchema } from '../protocol/rescue-file.ts';
import type { RescueBody, RescueMedia, RescueRecord } from '../protocol/rescue-file.ts';
import type { SyncEngine, Waiting } from './engine-api.ts';
import { isBrought } from './kept-media.ts';
import type { MediaRow, NewMedia, NewOutboxRow } from './outbox-port.ts';
import { readForRescue } from './rescue-media.ts';
import { wantedIn } from './wanted-media.ts';

/** What the phone alone may know of: not answered yet, or refused or held and not put aside [RF1]. */
export const isUnsent = ({ state, row }: Waiting): boolean => state !== 'delivered' && row.asideAt === null;

export const toRescueRecord = ({ row, state, receipt }: Waiting): RescueRecord => ({
  mid: row.mid,
  space: row.space,
  name: row.name,
  v: row.v,
  args: row.args,
  at: row.at,
  saveId: row.saveId,
  about: row.about,
  state,
  word: receipt && { status: receipt.status, code: receipt.code, data: receipt.data },
});

/** The bytes that go with these into a file: also what the server has and may let go of, as long as one of them may go again. */
export function bytesToRescue(waiting: readonly Waiting[]): (row: MediaRow) => boolean {
  const isWanted = wantedIn(waiting);
  return (row) => row.asideAt === null && (!isBrought(row) || isWanted(row));
}

/**
 * Everything that the server may not have, or these records alone: in order of writing, and with them the bytes that
 * lie here. Of these records also what was put aside: whoever asks for one by itself wants it whole.
 */
export async function collectRescue(
  engine: SyncEngine,
  only?: readonly Waiting[],
): Promise<Required<Pick<RescueBody, 'records' | 'media' | 'unread'>>> {
  const wanted = only && new Set(only.map(({ row }) => row.mid));
  const isWanted = wanted ? ({ row }: Waiting) => wanted.has(row.mid) : isUnsent;
  const records = engine.waiting().filter(isWanted).map(toRescueRecord).reverse();
  const goes = wanted ? ({ mids }: MediaRow) => mids.some((mid) => wanted.has(mid)) : bytesToRescue(engine.waiting());
  const media = engine.media.all().filter(goes);
  return { records, ...(await readForRescue(media, (sha) => engine.media.bytes(sha))) };
}

/** The text of the file. */
export function rescueText(body: RescueBody): string {
  const sum = contentHash(JSON.stringify(body));
  return JSON.stringify({ format: RESCUE_FORMAT, version: RESCUE_VERSION, sum, body }, null, 1);
}

/** Why a file is not taken in; nothing has been changed then. */
export type RescueFault = 'notOurs' | 'newer' | 'damaged' | 'otherMember';

export class RescueRefused extends Error {
  override readonly name = 'RescueRefused';
  readonly fault: RescueFault;
  /** Whose file it is, where it is another member's. */
  readonly owner: string;

  constructor(fault: RescueFault, owner = '') {
    super(fault);
    this.fault = fault;
    this.owner = owner;
  }
}

/**
 * Reads a file for this member; throws `RescueRefused`. What another member wrote goes only under that member's name:
 * the server would take it as ours, and we would have read it [RF3].
 */
export function readRescue(text: string, memberId: string): RescueBody {
  const file = v.safeParse(rescueFileSchema, parse(text));
  if (!file.success) throw new RescueRefused(text.includes(RESCUE_FORMAT) ? 'damaged' : 'notOurs');
  const { version, sum, body } = file.output;
  if (version > RESCUE_VERSION) throw new RescueRefused('newer');
  if (sum !== contentHash(JSON.stringify(body))) throw new RescueRefused('damaged');
  const read = v.safeParse(rescueBodySchema, body);
  if (!read.success || !read.output.media.every(isReadable)) throw new RescueRefused('damaged');
  const { member } = read.output;
  if (member.id !== memberId) throw new RescueRefused('otherMember', member.name);
  return read.output;
}

/** The sum of a file says that it is whole, not that whoever wrote it could write. */
function isReadable({ type, base64 }: RescueMedia): boolean {
  try {
    return isMediaType(type) && base64Text.decode(base64).length > 0;
  } catch {
    return false;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** How many bytes of photos and voice notes; small pictures, which go with their photo, are among them. */
export const bytesIn = (media: readonly RescueMedia[]): number =>
  media.reduce((sum, { base64 }) => sum + (base64.length / 4) * 3 - (/=*$/.exec(base64)?.[0].length ?? 0), 0);

export interface RescueFindings {
  records: number;
  /** Of these, known to be delivered: as the file says, or this phone. */
  delivered: number;
  /** Of the others, already on this phone. */
  here: number;
  /** Of photos and voice notes. */
  bytes: number;
}

/** What taking it in would bring, before anything is done. */
export function lookOver({ records, media }: RescueBody, waiting: readonly Waiting[]): RescueFindings {
  const known = new Map(waiting.map(({ row, state }) => [row.mid, state]));
  const delivered = records.filter(({ mid, state }) => state === 'delivered' || known.get(mid) === 'delivered');
  const here = records.filter((record) => !delivered.includes(record) && known.has(record.mid));
  return { records: records.length, delivered: delivered.length, here: here.length, bytes: bytesIn(media) };
}

/** Rows as they go into this phone's outbox: with the same mids, in the same order [RF2]. */
export function toOutbox({ records, media }: RescueBody): { rows: NewOutboxRow[]; media: NewMedia[] } {
  return {
    rows: records.map(({ state: _state, word: _word, ...row }) => ({ ...row, args: row.args })),
    media: media.flatMap(({ type, base64, thumb, ...one }) => {
      const isThumb = thumb ?? false;
      return isMediaType(type) ? [{ ...one, type, isThumb, bytes: base64Text.decode(base64).slice().buffer }] : [];
    }),
  };
}
