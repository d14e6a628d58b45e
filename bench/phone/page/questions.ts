import type { SyncEngine } from '../../../src/sync/engine-api.ts';
import type { TicketState } from '../../../src/domain/ticket/ticket.ts';
import { eventually } from './open-phone.ts';

export interface Question {
  id: string;
  states: TicketState[];
}

/** What a page answers after it was opened again; `ms` since it began to load. */
export interface Answers {
  ms: number;
  byId: string;
  newest: string[];
  counts: Record<string, number>;
}

const NEWEST = 50;

/** The newest of one kind and state: the engine has an index for each, so the list of one is read through the other. */
export async function ask(engine: SyncEngine, space: string, { id, states }: Question): Promise<Answers> {
  const { view } = engine;
  const byId = await eventually(engine, () => view.get(space, 'ticket', id)?.id);
  const counts = Object.fromEntries(
    states.map((state) => [state, view.count({ space, kind: 'ticket', index: 'byState', key: state })]),
  );
  const newest = await eventually(engine, () => newestIssues(engine, space, counts['closed'] ?? 0));
  return { ms: performance.now(), byId, newest, counts };
}

function newestIssues({ view }: SyncEngine, space: string, total: number): string[] | undefined {
  for (let limit = NEWEST * 2; ; limit *= 2) {
    const closed = view.list({ space, kind: 'ticket', index: 'byState', key: 'closed', order: 'desc', limit });
    if (closed.length < Math.min(limit, total)) return undefined;
    const issues = closed.filter(({ data }) => data.kind === 'issue');
    if (issues.length >= NEWEST || closed.length === total) return issues.slice(0, NEWEST).map((record) => record.id);
  }
}
