import { idInArgs } from '../../../domain/mutation/id-in-args.ts';
import type { MediaRef } from '../../../domain/photo/media.ts';
import type { View, Waiting } from '../../../sync/engine-api.ts';
import type { OutboxRow } from '../../../sync/outbox-port.ts';
import { addedIn, namedIn } from '../../photos/media-in-args.ts';

/**
 * The photos and voice notes that a record is about: those that it brings or names, and those that were saved together
 * with it for the same matter. These are in a row of their own, while its author decides over either by what both say.
 */
export function mediaOfRow(row: OutboxRow, waiting: readonly Waiting[], view: View, byName: string): MediaRef[] {
  const isBeside = (other: OutboxRow): boolean =>
    other.saveId === row.saveId && idInArgs(other.args) === idInArgs(row.args);
  const rows = [row, ...waiting.map((one) => one.row).filter(isBeside)];
  const found = [...namedIn(row, view), ...rows.flatMap(({ args }) => addedIn(args, byName))];
  return [...new Map(found.map((one) => [one.sha, one])).values()];
}
