import { base64 } from '@scure/base';
import type { RescueBody, RescueMedia } from '../protocol/rescue-file.ts';
import type { MediaRow } from './outbox-port.ts';

const toRescueMedia = ({ sha, type, isThumb, mids, at }: MediaRow, bytes: ArrayBuffer): RescueMedia => ({
  sha,
  type,
  ...(isThumb && { thumb: true }),
  mids: [...mids],
  at,
  base64: base64.encode(new Uint8Array(bytes)),
});

/** The bytes of these as a file has them. Words and other photos do not wait for one that cannot be read: it is named. */
export async function readForRescue(
  rows: readonly MediaRow[],
  bytesOf: (sha: string) => Promise<ArrayBuffer | null>,
): Promise<Required<Pick<RescueBody, 'media' | 'unread'>>> {
  const media: RescueMedia[] = [];
  const unread: string[] = [];
  for (const row of rows) {
    const bytes = await bytesOf(row.sha).catch(() => 'unread' as const);
    if (bytes === 'unread') unread.push(row.sha);
    else if (bytes !== null) media.push(toRescueMedia(row, bytes));
  }
  return { media, unread };
}
