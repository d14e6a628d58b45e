import { expect, test } from 'vitest';
import type { MemberListEntry } from '../../../protocol/account-messages.ts';
import { findMembers } from './member-filter.ts';

const communities = [
  { id: 'c1', name: '清泰门社区', grids: [{ id: 'g1', name: '第一网格' }] },
  { id: 'c2', name: '凤凰社区', grids: [{ id: 'g2', name: '第一网格' }] },
];
const nobody: MemberListEntry['roles'] = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
const member = (name: string, roles: Partial<MemberListEntry['roles']> = {}, active = true): MemberListEntry => ({
  id: name,
  name,
  roles: { ...nobody, ...roles },
  active,
  invited: false,
  lastSeenAt: null,
});
const members = [
  member('周敏', { coordinator: ['c2'] }, false),
  member('王芳', { volunteer: ['g1'] }),
  member('李伟', { coordinator: ['c1'] }),
  member('Anna', { claimer: true }),
];
const found = (search: string, communityId = '') =>
  findMembers(members, { search, communityId }, communities).map(({ name }) => name);

test('everyone is listed by name, closed accounts at the end', () => {
  expect(found('')).toEqual(['李伟', '王芳', 'Anna', '周敏']);
});

test('a part of a name finds it, in any case', () => {
  expect(found(' 芳')).toEqual(['王芳']);
  expect(found('ann')).toEqual(['Anna']);
});

test('a community keeps its coordinators and the volunteers of its grids', () => {
  expect(found('', 'c1')).toEqual(['李伟', '王芳']);
  expect(found('', 'c2')).toEqual(['周敏']);
});
