import { expect, test } from 'vitest';
import { hashPassword, pretendToVerify, verifyPassword } from './password.ts';

test('a password fits its own hash and no other', async () => {
  const hash = await hashPassword('门铃响了三声');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await verifyPassword('门铃响了三声', hash)).toBe(true);
  expect(await verifyPassword('门铃响了两声', hash)).toBe(false);
});

test('two hashes of one password differ', async () => {
  expect(await hashPassword('same password')).not.toBe(await hashPassword('same password'));
});

test('a password typed in full-width characters fits the hash of the plain ones', async () => {
  expect(await verifyPassword('ａｂｃ１２３４５', await hashPassword('abc12345'))).toBe(true);
});

test.each([
  '',
  'plain',
  '$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '$argon2id$v=19$m=9999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
])('a stored text that is no hash of ours fits nothing: %s', async (stored) => {
  expect(await verifyPassword('', stored)).toBe(false);
});

test('an unknown name costs about as much as a wrong password', async () => {
  const hash = await hashPassword('a password');
  await pretendToVerify('warm up');
  // Time on the processor, which a busy machine does not stretch.
  const cost = async (work: () => Promise<unknown>): Promise<number> => {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  const [wrong, unknown]: [number[], number[]] = [[], []];
  for (let i = 0; i < 6; i++) {
    wrong.push(await cost(() => verifyPassword('another', hash)));
    unknown.push(await cost(() => pretendToVerify('another')));
  }
  // The cheapest of each: what else the process did meanwhile only adds.
  const ratio = Math.min(...unknown) / Math.min(...wrong);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});
