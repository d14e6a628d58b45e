import type { SyncEngine } from '../../src/sync/engine-api.ts';
import { shownBy } from './one-step.ts';

/** What a person sees of it: lists, and the numbers on the home page. */
function seen(engine: SyncEngine): string | null {
  const shown = shownBy(engine);
  const { waiting, attention } = engine.status();
  return shown === null ? null : `${waiting} ${attention}\n${shown}`;
}

/** VW9: what a tab shows first is what it shows when all is read. */
export async function watchFirstScreen(engine: SyncEngine, report: (finding: string) => void): Promise<void> {
  const first = seen(engine);
  await engine.opened().catch(() => undefined);
  const then = seen(engine);
  if (first !== null && then !== null && first !== then) report('shows another first screen than what is there');
}
