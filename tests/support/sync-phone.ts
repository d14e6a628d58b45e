import type { Page, PushedMutation, Row, SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';

export type Send = (request: SyncRequest) => Promise<SyncResponse>;

/** A phone as the wire sees it: numbers what it pushes and keeps what it pulls, with no engine behind it. */
export class SyncPhone {
  readonly member: string;
  client: string;
  /** The phone's clock; may be as wrong as a test likes. */
  clock: number;
  epoch: string | null = null;
  readonly #send: Send;
  readonly #seqs = new Map<string, number>();

  constructor(member: string, send: Send, { client = `client-of-${member}`, clock = 0 } = {}) {
    this.member = member;
    this.client = client;
    this.clock = clock;
    this.#send = send;
  }

  /** A mutation with the next seq of its space. */
  mutation(space: string, name: string, args: unknown, more: Partial<PushedMutation> = {}): PushedMutation {
    const seq = (this.#seqs.get(space) ?? 0) + 1;
    this.#seqs.set(space, seq);
    return { seq, mid: `${this.client}-${space}-${seq}`, name, v: 1, args, at: this.clock, ...more };
  }

  async send(part: Partial<SyncRequest>): Promise<SyncResponse> {
    const { member, client, epoch } = this;
    const pending = (part.push ?? []).reduce((sum, { mutations }) => sum + mutations.length, 0);
    const answer = await this.#send({
      protocol: 2,
      member,
      client,
      epoch,
      build: 'test',
      pending,
      sentAt: this.clock,
      lastContactAt: null,
      push: [],
      pull: [],
      ...part,
    });
    this.epoch = answer.epoch;
    return answer;
  }

  push(space: string, ...mutations: PushedMutation[]): Promise<SyncResponse> {
    return this.send({ push: [{ space, mutations }] });
  }

  /** Pulls a space page by page to its end. */
  async pullAll(space: string, from: Page['from'] = null): Promise<{ rows: Row[]; pages: Page[] }> {
    const pages: Page[] = [];
    let cursor = from;
    let upTo: number | null = null;
    for (;;) {
      const { pages: answered } = await this.send({ pull: [{ space, cursor, upTo, receiptsAfter: 0, rows: true }] });
      const page: Page | undefined = answered[0];
      if (!page) throw new Error(`no page of ${space}`);
      pages.push(page);
      if (page.done) return { rows: pages.flatMap(({ rows }) => rows), pages };
      cursor = page.cursor;
      upTo = page.upTo;
    }
  }
}
