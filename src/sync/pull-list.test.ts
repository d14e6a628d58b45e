import { expect, test } from 'vitest';
import { allowSpaces, idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { indexes } from '../domain/record/indexes.ts';
import type { SyncRequest } from '../protocol/sync-messages.ts';
import { runPass } from './pass.ts';
import { MAX_PULL_SPACES } from './pull-list.ts';
import { newBatchPolicy } from './push-batch.ts';
import { TransportError } from './transport-port.ts';

/** The first request of a pass of somebody who carries so many spaces. */
async function firstRequest(spaces: number): Promise<SyncRequest | undefined> {
  const memory = idleEngineMemory('m', indexes);
  let asked: SyncRequest | undefined;
  memory.deps.transport.sync = (request) => {
    asked ??= request;
    return Promise.reject(new TransportError('offline'));
  };
  await memory.load();
  await allowSpaces(
    memory,
    Array.from({ length: spaces }, (_, n) => `grid:${n}`),
  );
  await runPass({
    memory,
    policy: newBatchPolicy(),
    signIn: null,
    isOver: () => false,
    onSending: () => undefined,
    onRound: () => undefined,
    archiving: Promise.resolve(),
  });
  return asked;
}

test('[RV2] a phone says that it has named all that lies on it, unless its list was cut or may have been', async () => {
  const told = async (spaces: number) => {
    const request = await firstRequest(spaces);
    return [request?.pull.length, request?.whole === true];
  };
  expect(await told(3)).toEqual([3, true]);
  expect(await told(MAX_PULL_SPACES - 1)).toEqual([MAX_PULL_SPACES - 1, true]);
  expect(await told(MAX_PULL_SPACES)).toEqual([MAX_PULL_SPACES, false]);
  expect(await told(MAX_PULL_SPACES + 100)).toEqual([MAX_PULL_SPACES, false]);
});
