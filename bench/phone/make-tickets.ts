import { CONSENT_VERSION } from '../../src/domain/consent/consent.ts';
import { derivedId, householdIdOf } from '../../src/domain/place/place.ts';
import type { Ticket, TicketState } from '../../src/domain/ticket/ticket.ts';

/** Invented words; what is said at a door is put together from them. */
const WHERE = [
  '三楼拐角',
  '单元门口',
  '车棚北侧',
  '垃圾房旁',
  '地下二层',
  '东边围墙',
  '楼顶平台',
  '小花园里',
  '电梯厅内',
  '楼道尽头',
];
const WHAT = [
  '灯不亮',
  '堆满纸箱',
  '水管渗水',
  '墙皮脱落',
  '井盖松动',
  '信箱锈坏',
  '扶手摇晃',
  '雨棚漏雨',
  '地砖翘起',
  '门锁卡住',
];
const SINCE = ['上周起', '半个月了', '下雨以后', '昨晚开始', '入冬以来', '装修之后'];
const WISH = ['老人夜里怕摔跤', '孩子放学走这里', '邻居提过两次', '自己修过没修好', '希望有人来看看', '想要一盏小夜灯'];
const STATES: readonly TicketState[] = [
  'logged',
  'accepted',
  'dispatched',
  'inProgress',
  'resolved',
  'closed',
  'closed',
  'suspended',
];
const ITEMS = ['WS01', 'WS02', 'GG03', 'GG05', 'AQ01', 'AQ04', 'SS02', 'SS06'];

const START = Date.UTC(2026, 0, 5, 1);
const STEP_MS = 240_000;

/** Ids in order of time, as phones make them (UUIDv7), the same in every run. */
export function idAt(n: number, grid: string): string {
  const time = (START + n * STEP_MS).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${derivedId('bench', grid, String(n)).slice(15)}`;
}

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length]!;

/** The nth real ticket of a grid: some 600 bytes of what people said and did, in a ticket's fields. */
export function ticketAt(n: number, grid: string): Ticket {
  const at = START + n * STEP_MS;
  const building = derivedId('bench-building', grid, String(n % 40));
  const room = derivedId('bench-room', grid, String(n % 2400));
  const by = `volunteer-${n % 7}`;
  const text = `${pick(WHERE, n)}${pick(WHAT, n * 3 + (n >> 4))},${pick(SINCE, n * 5)},${pick(WISH, n * 7 + 1)}。编号${n}`;
  return {
    kind: n % 3 === 0 ? 'wish' : 'issue',
    state: pick(STATES, n + (n >> 5)),
    outcome: null,
    item: pick(ITEMS, n * 11),
    itemVersion: 1,
    text,
    urgent: n % 50 === 0,
    tier: 'P2',
    sensitive: false,
    place: {
      communityId: 'c1',
      gridId: grid,
      estateId: null,
      buildingId: building,
      entranceId: null,
      floorId: null,
      roomId: room,
      estateName: '云岫里',
      label: `云岫里 ${n % 40}幢 ${(n % 3) + 1}单元 ${100 + (n % 2400)}`,
    },
    householdId: householdIdOf(room),
    visitId: null,
    slipId: null,
    contactId: null,
    consent: { version: CONSENT_VERSION, how: 'spoken', record: true, publish: true, sensitive: null, signature: null },
    loggedBy: by,
    loggedByName: '周小禾',
    loggedAt: at,
    deviceAt: at,
    handlerId: null,
    handlerName: '',
    leadUnit: '',
    jointUnits: [],
    mergedInto: null,
    reviewOn: null,
    result: '',
    satisfaction: null,
    timeline: [
      { id: 'e1', at, action: 'logged', byId: by, byName: '周小禾', byRole: 'volunteer', text: '', open: true },
    ],
    updatedAt: at,
  };
}
