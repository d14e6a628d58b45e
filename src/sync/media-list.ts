import { isPhotoType } from '../domain/photo/media.ts';
import type { MediaStatus, WaitingMedia } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { MediaRow } from './outbox-port.ts';
import { thumbsOf } from './thumbs.ts';

/** What became of a mutation that names it. One that the archive let go of was settled long ago. */
function fateOf(memory: EngineMemory, mid: string): 'open' | 'settled' | 'refused' {
  const row = memory.rows.find((one) => one.mid === mid);
  if (row === undefined) return 'settled';
  const word = memory.wordOn(row);
  // Where the cache went, it is asked for again: an earlier build kept it there alone.
  if (word === null) return 'open';
  return word.status === 'rejected' ? 'refused' : 'settled';
}

/** What the store could not read may be read later; what is refused otherwise waits for its author [PH11]. */
export const isTried = ({ refused, asideAt }: MediaRow): boolean =>
  refused === null || (refused === 'unreadable' && asideAt === null);

/** The server knows who needs it: a mutation that names it was applied or is held [PH1]. */
export const mayGo = (memory: EngineMemory, row: MediaRow): boolean =>
  isTried(row) && row.mids.some((mid) => fateOf(memory, mid) === 'settled');

function stateOf(memory: EngineMemory, row: MediaRow): WaitingMedia['state'] {
  if (row.refused !== null) return 'attention';
  if (memory.mediaUnderWay.inFlight === row.sha) return 'sending';
  return row.mids.every((mid) => fateOf(memory, mid) === 'refused') ? 'withRecord' : 'saved';
}

/** Everything whose bytes lie here, drawn from the outbox alone. */
export const mediaList = (memory: EngineMemory): WaitingMedia[] =>
  memory.media.map((row) => ({ row, state: stateOf(memory, row), sent: memory.mediaUnderWay.sent.get(row.sha) ?? 0 }));

/** Undefined where nothing waits. */
export function mediaStatus(memory: EngineMemory): MediaStatus | undefined {
  const open = mediaList(memory).filter(({ state }) => state === 'saved' || state === 'sending');
  if (open.length === 0) return undefined;
  const thumbs = thumbsOf(memory.media, memory.rows);
  return {
    waiting: open.filter(({ row }) => !thumbs.has(row.sha)).length,
    sounds: open.filter(({ row }) => !isPhotoType(row.type)).length,
    bytes: open.reduce((sum, { row }) => sum + row.size, 0),
    sent: open.reduce((sum, { sent }) => sum + sent, 0),
    hold: memory.deps.photos?.hold() ?? null,
  };
}

/** Refused and not put aside. */
export const mediaAttention = ({ media }: EngineMemory): number =>
  media.filter(({ refused, asideAt }) => refused !== null && asideAt === null).length;
