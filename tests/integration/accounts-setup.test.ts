import { expect, test } from 'vitest';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { codeOfError, emptyWorld, PASSWORD, setupToken } from '../support/account-world.ts';

const form = {
  officeName: '望江街道',
  officePhone: '0571-00000000',
  displayName: '林秋',
  signInName: 'linqiu',
  password: PASSWORD,
  device: 'Firefox, Linux',
};

test('the token of the console makes the office, its catalogue and an admin who is signed in', async () => {
  const world = await emptyWorld();
  const browser = world.browser();
  expect(await (await browser.ask('GET', '/api/setup')).json()).toEqual({ needed: true });
  const answer = await browser.ask('POST', '/api/setup', { ...form, token: await setupToken(world) });
  expect(answer.status).toBe(201);
  expect(await (await browser.ask('GET', '/api/session')).json()).toMatchObject({
    name: '林秋',
    roles: { admin: true },
  });
  const office = await readRecord(world.deps.db, 'office', 'office', 'office');
  expect(office?.data).toEqual({ name: '望江街道', phone: '0571-00000000', catalogueVersion: 1 });
  const catalogue = (await readRecord(world.deps.db, 'office', 'catalogue', 'v1'))?.data;
  expect(catalogue?.classes.flatMap(({ items }) => items)).toHaveLength(118);
  expect(await (await browser.ask('GET', '/api/setup')).json()).toEqual({ needed: false });
  await world.deps.close();
});

test('a wrong token makes nothing, and a finished set-up is not done again', async () => {
  const world = await emptyWorld();
  const browser = world.browser();
  const token = await setupToken(world);
  const wrong = await browser.ask('POST', '/api/setup', { ...form, token: `${token}x` });
  expect([wrong.status, await codeOfError(wrong)]).toEqual([403, 'forbidden']);
  expect(await world.deps.db.selectFrom('member').selectAll().execute()).toEqual([]);
  await browser.ask('POST', '/api/setup', { ...form, token });
  const again = await browser.ask('POST', '/api/setup', { ...form, token, signInName: 'other' });
  expect([again.status, await codeOfError(again)]).toEqual([409, 'conflict']);
  expect(await world.deps.db.selectFrom('member').selectAll().execute()).toHaveLength(1);
  await world.deps.close();
});

test('a button pressed twice at once makes one office and one admin', async () => {
  const world = await emptyWorld();
  const body = { ...form, token: await setupToken(world) };
  const press = () => world.browser().ask('POST', '/api/setup', body);
  const answers = await Promise.all([press(), press(), press()]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  expect(await world.deps.db.selectFrom('session').selectAll().execute()).toHaveLength(1);
  await world.deps.close();
});

test('a set-up that broke off before the office was made is done again with another name', async () => {
  const world = await emptyWorld();
  const { deps } = world;
  const broken = { ...deps, rules: { mutators: new Map(), reactions: [] } };
  const { setUpOffice } = await import('../../src/server/auth/set-up-office.ts');
  const token = await setupToken(world);
  await expect(setUpOffice(broken, { ...form, token })).rejects.toThrow();
  const again = await setupToken(world);
  const answer = await world.browser().ask('POST', '/api/setup', { ...form, token: again, displayName: '林秋雨' });
  expect(answer.status).toBe(201);
  const members = await deps.db.selectFrom('member').select('name').execute();
  expect(members).toEqual([{ name: '林秋雨' }]);
  await deps.close();
});
