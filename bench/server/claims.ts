import { cardIdOf } from '../../src/domain/card/card-id.ts';
import type { SyncResponse } from '../../src/protocol/sync-messages.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { COMMUNITY, placeIn } from '../../tests/simulation/sim-town.ts';
import { claimDraft, idOf, ticketDraft, ticketStep } from '../../tests/support/factories.ts';
import { figureOf, type Figure } from '../figure.ts';
import { GRID, openBenchOffice, type BenchMember, type BenchOffice } from './bench-office.ts';
import { postOf, sendAll } from './send-pushes.ts';

const CLAIMERS = 100;
const RUNS = 7;

interface Claimer {
  member: BenchMember;
  seq: number;
}

interface Claimed {
  ms: number;
  latencies: number[];
  applied: number;
}

/** A hundred members claim one wish at once over HTTP. What each is told is looked at: one has it, and who. */
export async function measureClaims(): Promise<Figure[]> {
  const office = await openBenchOffice();
  try {
    const desk = await office.addMember('姚敏', { coordinator: [COMMUNITY], volunteer: [GRID] });
    const claimers: Claimer[] = [];
    for (let n = 0; n < CLAIMERS; n++) {
      claimers.push({ member: await office.addMember(`党员${n}`, { claimer: true }), seq: 0 });
    }
    await claimWish(office, claimers, await publishWish(office, desk, 'warm'));
    const runs = [];
    for (let n = 0; n < RUNS; n++) {
      const together = await claimWish(office, claimers, await publishWish(office, desk, `${n} together`));
      const alone = await claimWish(office, [claimers[n]!], await publishWish(office, desk, `${n} alone`));
      runs.push({ ...together, limitMs: alone.ms });
    }
    const latencies = runs.flatMap((run) => run.latencies).sort((a, b) => a - b);
    const at = (part: number): string => (latencies[Math.floor(part * latencies.length)] ?? 0).toFixed(1);
    const told = `ratio: how many of ${CLAIMERS} got it, the others were told the winner's name; limit: one alone`;
    const note = `${told}; an answer takes ${at(0.5)} ms (p50), ${at(0.99)} ms (p99)`;
    return [figureOf({ name: 'claims', aim: 1, note }, runs, ({ applied }) => applied)];
  } finally {
    await office.close();
  }
}

/** A wish from the door to the wall; its card. */
async function publishWish({ deps }: BenchOffice, desk: BenchMember, name: string): Promise<string> {
  const id = idOf('bench', 'wish', name);
  const actor = await actorOf(deps.db, desk.id);
  const words = { kind: 'wish', item: 'SB01', text: '想要一只亮一点的灯。' } as const;
  for (const draft of [
    ticketDraft(placeIn(GRID, 0), { id, ...words }),
    ticketStep(GRID, 'accept', { id, tier: null }),
    ticketStep(GRID, 'publish', { id, cardText: words.text, public: true }),
  ]) {
    const result = await applyMutation(deps, { ...draft, actor, mid: idOf(draft.name, id), at: deps.now() });
    if (result.status === 'rejected') throw new Error(`${draft.name}: ${result.code}`);
  }
  return cardIdOf(id);
}

async function claimWish({ deps, port }: BenchOffice, claimers: readonly Claimer[], cardId: string): Promise<Claimed> {
  const draft = claimDraft(COMMUNITY, cardId);
  const loads = claimers.map((claimer) => {
    const mid = idOf('bench', 'claim', cardId, claimer.member.id);
    return { requests: [postOf(claimer.member, draft, { seq: ++claimer.seq, mid, at: deps.now() })] };
  });
  const { ms, latencies, failures } = await sendAll(port, loads);
  const winner = (await readRecord(deps.db, draft.space, 'card', cardId))?.data.claim?.name;
  for (const body of failures) {
    const receipt = (JSON.parse(body) as SyncResponse).pushed[0]?.receipts[0];
    if (receipt?.code === 'claimTaken' && receipt.data['winnerName'] === winner) continue;
    throw new Error(`the wish went to ${winner}, but somebody was told ${JSON.stringify(receipt)}`);
  }
  const applied = claimers.length - failures.length;
  if (applied !== 1) throw new Error(`one wish went to ${applied}`);
  return { ms, latencies, applied };
}
