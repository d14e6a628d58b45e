import { expect, test } from 'vitest';
import { DatabaseFault } from '../db/database-fault.ts';
import { Workspace, type RecordKey, type StoredRecord } from './workspace.ts';

const SPACE = 'community:c1';
const grid = (name: string) => ({ name, isDefault: false });

/** A workspace over a few stored grids, with the keys that it asked for. */
function workspaceOver(names: Record<string, string>) {
  const asked: string[] = [];
  const load = ({ id }: RecordKey): Promise<StoredRecord> => {
    asked.push(id);
    const name = names[id];
    if (name === undefined) return Promise.resolve({ ver: 0, data: undefined, text: null });
    return Promise.resolve({ ver: 1, data: grid(name), text: JSON.stringify(grid(name)) });
  };
  return { workspace: new Workspace({ record: load, space: () => Promise.resolve([]) }), asked };
}

test('what a mutator reads is fetched when it asks, once, and the mutator is run again', async () => {
  const { workspace, asked } = workspaceOver({ a: 'one', b: 'two' });
  let runs = 0;
  const changes = await workspace.write(SPACE, (tx) => {
    runs++;
    const both = [tx.get(SPACE, 'grid', 'a'), tx.get(SPACE, 'grid', 'b')].map((found) => found?.name);
    tx.put('grid', 'a', grid(both.join('+')));
  });

  expect(asked).toEqual(['a', 'b']);
  expect(runs).toBe(3);
  expect(changes).toEqual([{ space: SPACE, kind: 'grid', id: 'a', before: grid('one'), after: grid('one+two') }]);
});

test('where the database answers at once a mutator is run once', async () => {
  let asked = 0;
  const record = ({ id }: RecordKey): StoredRecord => {
    asked += 1;
    return { ver: 1, data: grid(id), text: JSON.stringify(grid(id)) };
  };
  const space = (): [] => [];
  const workspace = new Workspace({ record, space });
  let runs = 0;
  const seen = await workspace.read((tx) => {
    runs++;
    return [tx.get(SPACE, 'grid', 'a'), tx.get(SPACE, 'grid', 'a'), tx.list(SPACE)];
  });

  expect(seen).toEqual([grid('a'), grid('a'), []]);
  expect([runs, asked]).toEqual([1, 1]);
});

test('a fault of a database that answers at once is told apart from what domain code throws', async () => {
  const failing = (): never => {
    throw new RangeError('busy');
  };
  const workspace = new Workspace({ record: failing, space: failing });

  expect(() => workspace.read((tx) => tx.get(SPACE, 'grid', 'a'))).toThrow(DatabaseFault);
  expect(() => workspace.read((tx) => tx.list(SPACE))).toThrow(DatabaseFault);
  await expect(workspace.effect({ space: SPACE, kind: 'grid', id: 'a', data: undefined })).rejects.toThrow(
    DatabaseFault,
  );
});

test('a mutator that throws leaves nothing, not even what it wrote before', async () => {
  const { workspace } = workspaceOver({});
  const failing = workspace.write(SPACE, (tx) => {
    tx.put('grid', 'a', grid('half'));
    throw new Error('refused');
  });

  await expect(failing).rejects.toThrow('refused');
  expect(await workspace.read((tx) => tx.get(SPACE, 'grid', 'a'))).toBeUndefined();
  workspace.settle();
  expect(workspace.writes()).toEqual([]);
});

test('a reaction sees the draft and earlier effects; discarding takes both away and keeps what was settled', async () => {
  const { workspace } = workspaceOver({ a: 'one' });
  await workspace.write(SPACE, (tx) => {
    tx.put('grid', 'a', grid('settled'));
  });
  workspace.settle();
  await workspace.write(SPACE, (tx) => {
    tx.put('grid', 'a', grid('draft'));
  });
  await workspace.effect({ space: 'community:c2', kind: 'grid', id: 'b', data: grid('effect') });
  const seen = await workspace.read((tx) => [tx.get(SPACE, 'grid', 'a'), tx.get('community:c2', 'grid', 'b')]);
  workspace.discard();

  expect(seen).toEqual([grid('draft'), grid('effect')]);
  expect(await workspace.read((tx) => tx.get('community:c2', 'grid', 'b'))).toBeUndefined();
  expect(workspace.writes().map(({ id, data }) => [id, data])).toEqual([['a', grid('settled')]]);
});

test('a write that ends where it began, and the removal of what was not there, are no writes', async () => {
  const { workspace } = workspaceOver({ a: 'one' });
  await workspace.write(SPACE, (tx) => {
    tx.put('grid', 'a', grid('two'));
    tx.put('grid', 'a', grid('one'));
    tx.remove('grid', 'none');
  });
  workspace.settle();

  expect(workspace.writes()).toEqual([]);
});

test('a read that fails is a fault of the database, not of the mutation', async () => {
  const workspace = new Workspace({
    record: () => Promise.reject(new Error('database is locked')),
    space: () => Promise.resolve([]),
  });

  await expect(workspace.read((tx) => tx.get(SPACE, 'grid', 'a'))).rejects.toThrow(DatabaseFault);
});

test('a mutator that reads without end is stopped', async () => {
  const { workspace } = workspaceOver({});
  let n = 0;

  await expect(workspace.read((tx) => tx.get(SPACE, 'grid', `x${n++}`))).rejects.toThrow('without end');
});
