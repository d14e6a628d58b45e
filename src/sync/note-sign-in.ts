import type { EngineDependencies } from './engine-dependencies.ts';

/**
 * Whatever was asked before, by whichever tab or worker, was said to another session [TB2]. A full disk keeps nobody out:
 * then only the pass of this tab is given up.
 */
export async function noteSignIn({ outbox, ids }: Pick<EngineDependencies, 'outbox' | 'ids'>): Promise<void> {
  await outbox.putMeta({ signIn: ids.mutation() }).catch(() => undefined);
}
