import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import type { SyncRequest } from '../../src/protocol/sync-messages.ts';
import { idAt, ticketAt } from './make-tickets.ts';

/** What the engine is measured against: the same bytes without anything that makes them safe. */
export function rawRoutes(folder: string): Hono {
  const db = new DatabaseSync(join(folder, 'raw.sqlite'));
  db.exec('pragma journal_mode = wal; pragma synchronous = full');
  db.exec('create table raw (mid text primary key, space text, seq integer, data text)');
  const insert = db.prepare('insert into raw values (?, ?, ?, ?)');
  const answers = new Map<number, Uint8Array<ArrayBuffer>>();

  const rowsOf = (count: number): Uint8Array<ArrayBuffer> => {
    const known = answers.get(count);
    if (known !== undefined) return known;
    const rows = Array.from({ length: count }, (_, n) => ({
      k: 'ticket',
      id: idAt(n, `g${count}`),
      ver: n + 1,
      d: ticketAt(n, `g${count}`),
    }));
    const bytes = new TextEncoder().encode(JSON.stringify(rows));
    answers.set(count, bytes);
    return bytes;
  };

  return new Hono()
    .get('/raw/rows/:count', (c) =>
      c.body(rowsOf(Number(c.req.param('count'))), 200, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
      }),
    )
    .post('/raw/drain', async (c) => {
      const { push } = await c.req.json<SyncRequest>();
      db.exec('begin immediate');
      for (const { space, mutations } of push) {
        for (const { mid, seq, args } of mutations) insert.run(mid, space, seq, JSON.stringify(args));
      }
      db.exec('commit');
      return c.json({ ok: true });
    });
}
