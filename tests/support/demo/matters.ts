import type { Catalogue, CatalogueItem } from '../../../src/domain/catalogue/catalogue.ts';
import type { TicketKind } from '../../../src/domain/ticket/ticket.ts';
import { DEMO_COMMUNITIES, type DemoBuilding, type DemoCommunity, type DemoEstate } from './neighbourhood.ts';

/** How far a matter of the demo has come. */
export type Chapter =
  | 'logged'
  | 'returned'
  | 'declined'
  | 'accepted'
  | 'dispatched'
  | 'inProgress'
  | 'suspended'
  | 'resolved'
  | 'closed'
  | 'open'
  | 'claimed'
  | 'fulfilled'
  | 'confirmed';

export interface DemoMatter {
  seed: string;
  item: CatalogueItem;
  kind: TicketKind;
  text: string;
  urgent: boolean;
  chapter: Chapter;
  community: DemoCommunity;
  estate: DemoEstate;
  building: DemoBuilding;
  door: { entrance: number; floor: number; room: number };
  daysAgo: number;
}

const ISSUE_CHAPTERS: readonly Chapter[] = [
  'closed',
  'dispatched',
  'logged',
  'inProgress',
  'closed',
  'resolved',
  'accepted',
  'closed',
  'returned',
  'dispatched',
  'closed',
  'suspended',
  'logged',
  'closed',
  'inProgress',
  'declined',
  'closed',
  'resolved',
];
const WISH_CHAPTERS: readonly Chapter[] = [
  'open',
  'confirmed',
  'open',
  'claimed',
  'open',
  'fulfilled',
  'logged',
  'open',
];

/**
 * How many days ago what is under way was logged, in turn: some of it has time, some is nearly due, some is late.
 * The story adds up to seven hours.
 */
const AGES: Readonly<Partial<Record<Chapter, readonly number[]>>> = {
  logged: [0.4, 1.4, 0.6, 4.4],
  returned: [2.4, 5.4],
  accepted: [1.4, 6.4, 3.4],
  dispatched: [2.4, 6.4, 9.4, 4.4],
  inProgress: [3.4, 7.4, 5.4, 12.4],
  open: [1.4, 4.4, 6.4, 2.4],
  claimed: [3.4, 5.4],
};

/** Counts each chapter by itself, so that its ages come in turn. */
function ageCounter(): (chapter: Chapter, otherwise: number) => number {
  const told = new Map<Chapter, number>();
  return (chapter, otherwise) => {
    const turn = told.get(chapter) ?? 0;
    told.set(chapter, turn + 1);
    const ages = AGES[chapter];
    return ages?.[turn % ages.length] ?? otherwise;
  };
}

const TAILS = ['已经有一阵子了。', '邻居们也都说起过。', '想请人来看一看。', '白天家里都有人。', '前几天又碰上一次。'];

/** What the newspaper report tells of, in the words of a volunteer. */
const FROM_THE_REPORT: readonly {
  item: string;
  kind: TicketKind;
  community: string;
  text: string;
  chapter: Chapter;
}[] = [
  {
    item: 'WY09',
    kind: 'issue',
    community: '清泰门社区',
    text: '一楼信报箱门掉了好几个，信和报纸常常被雨淋湿。',
    chapter: 'closed',
  },
  {
    item: 'LD02',
    kind: 'issue',
    community: '清泰门社区',
    text: '楼道里好久没人打扫，转角堆着旧纸箱。',
    chapter: 'closed',
  },
  {
    item: 'TC02',
    kind: 'issue',
    community: '清泰门社区',
    text: '晚上车子停到单元门口，轮椅进不来。',
    chapter: 'inProgress',
  },
  {
    item: 'CQ01',
    kind: 'issue',
    community: '清泰门社区',
    text: '公房承租人过世，想过户给同住的女儿，不知道要哪些材料。',
    chapter: 'dispatched',
  },
  {
    item: 'HJ01',
    kind: 'issue',
    community: '清泰门社区',
    text: '房子买了多年，户口一直没有迁进来。',
    chapter: 'dispatched',
  },
  {
    item: 'XF03',
    kind: 'issue',
    community: '清泰门社区',
    text: '老房子砖木结构，楼里没有一个灭火器，大家都担心。',
    chapter: 'accepted',
  },
  {
    item: 'ZA04',
    kind: 'issue',
    community: '清泰门社区',
    text: '隔壁分成六间出租，电线乱拉，半夜还在打包发货。',
    chapter: 'logged',
  },
  {
    item: 'XS04',
    kind: 'wish',
    community: '清泰门社区',
    text: '两扇纱窗破了，夏天蚊子多，自己够不着，想请人补一补。',
    chapter: 'open',
  },
  {
    item: 'XS03',
    kind: 'wish',
    community: '婺江社区',
    text: '入户的木门受潮变形，关不严，想改装一下。',
    chapter: 'open',
  },
  {
    item: 'XS04',
    kind: 'wish',
    community: '凤凰社区',
    text: '窗外就是高架，夜里吵得睡不着，盼着能装上隔音窗。',
    chapter: 'confirmed',
  },
  { item: 'LH03', kind: 'wish', community: '婺江社区', text: '楼前绿化带老被踩，想装一排小隔离栏。', chapter: 'open' },
];

function doorOf(building: DemoBuilding, n: number): DemoMatter['door'] {
  const entrance = n % building.entrances.length;
  const floors = building.entrances[entrance]?.floors ?? [];
  const floor = (n * 3) % floors.length;
  return { entrance, floor, room: n % (floors[floor]?.rooms.length ?? 1) };
}

function placedAt(community: DemoCommunity, n: number): Pick<DemoMatter, 'community' | 'estate' | 'building' | 'door'> {
  const estate = community.estates[n % community.estates.length];
  const building = estate?.buildings[n % estate.buildings.length];
  if (estate === undefined || building === undefined) throw new Error(`${community.name} has no building.`);
  return { community, estate, building, door: doorOf(building, n) };
}

/** One matter for each of the 118 items, and the report's own: every item is in use. */
export function demoMatters(catalogue: Catalogue): DemoMatter[] {
  const items = catalogue.classes.flatMap((one) => one.items);
  let wishes = 0;
  let issues = 0;
  const ageOf = ageCounter();
  const ofEachItem = items.map((item, n): DemoMatter => {
    const kind: TicketKind = item.kind === 'both' ? (n % 2 === 0 ? 'wish' : 'issue') : item.kind;
    const chapters = kind === 'wish' ? WISH_CHAPTERS : ISSUE_CHAPTERS;
    const chapter = chapters[(kind === 'wish' ? wishes++ : issues++) % chapters.length] ?? 'logged';
    const community = DEMO_COMMUNITIES[n % DEMO_COMMUNITIES.length];
    if (community === undefined) throw new Error('The demo has no community.');
    return {
      seed: `item-${item.code}`,
      item,
      kind,
      text: `${item.sayings[0] ?? item.name}，${TAILS[n % TAILS.length] ?? ''}`,
      urgent: item.tier === 'P0',
      chapter,
      ...placedAt(community, n),
      daysAgo: ageOf(chapter, 3 + ((n * 7) % 40)),
    };
  });
  const fromReport = FROM_THE_REPORT.map((one, n): DemoMatter => {
    const item = items.find((candidate) => candidate.code === one.item);
    const community = DEMO_COMMUNITIES.find((candidate) => candidate.name === one.community);
    if (item === undefined || community === undefined)
      throw new Error(`Not in the demo: ${one.item}, ${one.community}`);
    return {
      seed: `report-${n}`,
      item,
      kind: one.kind,
      text: one.text,
      urgent: one.item === 'XF03',
      chapter: one.chapter,
      ...placedAt(community, n * 5),
      daysAgo: ageOf(one.chapter, 2 + n),
    };
  });
  return [...ofEachItem, ...fromReport];
}
