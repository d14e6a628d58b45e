import { memberSpace } from '../../src/domain/space/space.ts';
import type { LogEntry, ServerRow } from './server-world.ts';
import { PEOPLE } from './sim-town.ts';

interface ClaimLost {
  type: string;
  about: { id: string };
  params: { winnerName: string; at: number };
}

/** As a winner is named to others: by the unit, where there is one. */
const NAMES = new Map(Object.values(PEOPLE).map(({ id, name, roles }) => [id, roles.unit ?? name]));

export const isLostClaim = ({ status, code, ctx }: LogEntry): boolean =>
  status === 'rejected' && code === 'claimTaken' && ctx !== null;

/** I5, I6: who came second is told whose the card was then, in the receipt and by one notice in the own space. */
export function checkClaims(log: readonly LogEntry[], rows: readonly ServerRow[]): string[] {
  const found: string[] = [];
  const winners = new Map<string, string>();
  const cardOf = ({ args }: LogEntry): string => (args as { cardId: string }).cardId;
  for (const entry of log) {
    const { name, status, mid, ctx, data } = entry;
    if (name === 'claim.take' && status === 'applied' && ctx !== null) winners.set(cardOf(entry), ctx.actor.id);
    if (!isLostClaim(entry) || ctx === null) continue;
    const winner = NAMES.get(winners.get(cardOf(entry)) ?? '');
    if (data['winnerName'] !== winner) found.push(`I5 ${mid} was lost to ${winner ?? 'nobody'}, and another is named`);
    const notices = rows.filter(({ space, kind, data: notice }) => {
      if (space !== memberSpace(ctx.actor.id) || kind !== 'notice') return false;
      const { type, about, params } = notice as ClaimLost;
      return type === 'claimLost' && about.id === cardOf(entry) && params.at === data['at'];
    });
    const names = notices.map(({ data: notice }) => (notice as ClaimLost).params.winnerName);
    if (names.length !== 1 || names[0] !== winner) {
      found.push(`I6 ${ctx.actor.name} was told ${names.length} times of ${mid}: ${names.join()}`);
    }
  }
  return found;
}
