import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Ticket } from '../../../src/domain/ticket/ticket.ts';
import { storedRecords } from './stored.ts';

interface StoredReceipt {
  mid: string;
  status: string;
}

export function receiptsOf(dataDir: string): StoredReceipt[] {
  const db = new DatabaseSync(join(dataDir, 'doorstep.sqlite'), { readOnly: true });
  try {
    return db.prepare('select mid, status from receipt').all() as unknown as StoredReceipt[];
  } finally {
    db.close();
  }
}

/** Of these mids, how many times each was applied where that is not once. */
export function notOnce(dataDir: string, mids: readonly string[]): Record<string, string[]> {
  const found = new Map<string, string[]>(mids.map((mid) => [mid, []]));
  for (const { mid, status } of receiptsOf(dataDir)) found.get(mid)?.push(status);
  return Object.fromEntries([...found].filter(([, all]) => all.length !== 1 || all[0] !== 'applied'));
}

/** The account of a walk: every mutation settled once, and every matter with these words there once. */
export function expectEachOnce(dataDir: string, mids: readonly string[], words: string, matters: number): void {
  expect(new Set(mids).size).toBe(mids.length);
  expect(notOnce(dataDir, mids)).toEqual({});
  const texts = storedRecords<Ticket>(dataDir, 'ticket').map(({ data }) => data.text);
  const ours = texts.filter((text) => text.startsWith(words));
  expect(ours).toHaveLength(matters);
  expect(new Set(ours).size).toBe(matters);
}
