import { NO_ROLES, type Roles } from '../../../src/domain/actor/actor.ts';
import { derivedId } from '../../../src/domain/place/place.ts';
import { DEMO_COMMUNITIES, demoCommunity, gridsOf } from './neighbourhood.ts';

/** Invented people. The password is for the demo and the tests alone. */
export const DEMO_PASSWORD = 'doorstep-demo';

export interface DemoMember {
  id: string;
  name: string;
  signInName: string;
  /** For the list that the demo prints. */
  does: string;
  roles: Roles;
}

const member = (name: string, signInName: string, does: string, roles: Partial<Roles>): DemoMember => ({
  id: derivedId('demo-member', signInName),
  name,
  signInName,
  does,
  roles: { ...NO_ROLES, ...roles },
});

const gridIds = (community: string): string[] => gridsOf(demoCommunity(community)).map((grid) => grid.id);

export const VOLUNTEER = member('陈晓', 'chenxiao', '志愿者 · 清泰门社区', { volunteer: gridIds('清泰门社区') });
export const SECOND_VOLUNTEER = member('许青', 'xuqing', '志愿者 · 凤凰社区、婺江社区', {
  volunteer: [...gridIds('凤凰社区'), ...gridIds('婺江社区')],
});
export const THIRD_VOLUNTEER = member('章禾', 'zhanghe', '志愿者 · 新工社区、徐家埠社区', {
  volunteer: [...gridIds('新工社区'), ...gridIds('徐家埠社区')],
});
export const CLAIMER = member('李伟', 'liwei', '认领人 · 党员', { claimer: true });
export const SECOND_CLAIMER = member('周敏', 'zhoumin', '认领人 · 党员', { claimer: true });
export const UNIT_CLAIMER = member('汪立', 'wangli', '认领人 · 代表单位“望海潮公司”', {
  claimer: true,
  unit: '望海潮公司',
});
export const COORDINATOR = member('沈洁', 'shenjie', '社区协调员 · 五个社区', {
  coordinator: DEMO_COMMUNITIES.map((community) => community.id),
});
export const SECOND_COORDINATOR = member('苏宁远', 'suningyuan', '社区协调员 · 清泰门社区', {
  coordinator: [demoCommunity('清泰门社区').id],
});
export const ADMIN = member('方正明', 'fangzhengming', '街道管理员', { admin: true });

export const DEMO_MEMBERS: readonly DemoMember[] = [
  VOLUNTEER,
  SECOND_VOLUNTEER,
  THIRD_VOLUNTEER,
  CLAIMER,
  SECOND_CLAIMER,
  UNIT_CLAIMER,
  COORDINATOR,
  SECOND_COORDINATOR,
  ADMIN,
];

/** Family names and forms of address for the residents at the doors; nobody real. */
export const RESIDENT_NAMES = [
  '金阿姨',
  '何大伯',
  '俞奶奶',
  '蒋师傅',
  '戚大妈',
  '鲁先生',
  '柳女士',
  '童爷爷',
  '骆阿姨',
  '项大伯',
  '傅女士',
  '卓先生',
];
