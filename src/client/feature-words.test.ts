// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const LAZY = ['door', 'consent', 'wall', 'claims', 'desk', 'admin', 'members', 'term'];
const router = readFileSync(join(ROOT, 'client/router.ts'), 'utf8');

/** What router.ts gives a feature beside the words of the shell. */
const given = (feature: string): string[] =>
  [...(new RegExp(`withWords\\(${feature}, ([^)]*)\\)`).exec(router)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    ([, name]) => name ?? '',
  );

function rooms(folder: string): Set<string> {
  const found = new Set<string>();
  for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(vue|ts)$/.test(name) || name.endsWith('.test.ts')) continue;
    const text = readFileSync(join(ROOT, folder, name), 'utf8');
    for (const [, room] of text.matchAll(/\bte?\(\s*[`'"]([a-z]+)\./g)) found.add(room ?? '');
    if (text.includes('components/members/')) found.add('members');
    if (text.includes('components/due/')) found.add('term');
  }
  return found;
}

const features = readdirSync(join(ROOT, 'client/features'));

test.each(features)('%s speaks only with words that come with its pages', (feature) => {
  const missing = [...rooms(`client/features/${feature}`)].filter(
    (room) => LAZY.includes(room) && !given(feature).includes(room),
  );

  expect(missing).toEqual([]);
});

test('what all pages share speaks with the words of the shell', () => {
  const shared = [...rooms('client/composables'), ...rooms('client/stores')].filter((room) => LAZY.includes(room));

  expect(shared).toEqual([]);
});
