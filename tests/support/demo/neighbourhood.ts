import { derivedId } from '../../../src/domain/place/place.ts';
import type { Entrance } from '../../../src/domain/building/building.ts';

/** The five communities of the report that started Doorstep, their estates and buildings. Layouts are invented. */
export interface DemoCommunity {
  id: string;
  name: string;
  phone: string;
  /** The grid that the community begins with. */
  defaultGrid: DemoGrid;
  furtherGrids: DemoGrid[];
  estates: DemoEstate[];
}

export interface DemoGrid {
  id: string;
  name: string;
}

export interface DemoEstate {
  id: string;
  name: string;
  gridId: string;
  buildings: DemoBuilding[];
}

export interface DemoBuilding {
  id: string;
  name: string;
  entrances: Entrance[];
}

/** How many floors an entrance has, and the room numbers of each floor; `rooms` may differ from floor to floor. */
interface EntrancePlan {
  label: string;
  floors: number;
  rooms: (floor: number) => string[];
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');
const doorsAFloor =
  (count: number) =>
  (floor: number): string[] =>
    Array.from({ length: count }, (_, i) => `${floor}${twoDigits(i + 1)}`);

function entranceOf(buildingId: string, plan: EntrancePlan): Entrance {
  const id = derivedId('demo-entrance', buildingId, plan.label);
  return {
    id,
    label: plan.label,
    floors: Array.from({ length: plan.floors }, (_, i) => {
      const floorId = derivedId('demo-floor', id, String(i + 1));
      return {
        id: floorId,
        label: `${i + 1}层`,
        rooms: plan.rooms(i + 1).map((label) => ({ id: derivedId('demo-room', floorId, label), label })),
      };
    }),
  };
}

function building(estate: string, name: string, plans: EntrancePlan[]): DemoBuilding {
  const id = derivedId('demo-building', estate, name);
  return { id, name, entrances: plans.map((plan) => entranceOf(id, plan)) };
}

const estate = (name: string, gridId: string, buildings: DemoBuilding[]): DemoEstate => ({
  id: derivedId('demo-estate', name),
  name,
  gridId,
  buildings,
});

const grid = (name: string): DemoGrid => ({ id: derivedId('demo-grid', name), name });

const entrances = (count: number, floors: number, doors: number): EntrancePlan[] =>
  Array.from({ length: count }, (_, i) => ({ label: `${i + 1}单元`, floors, rooms: doorsAFloor(doors) }));

/** 1–7 幢: three entrances of four, three and three floors each, so 21 entrances and 70 floors in all. */
const moyetangBuildings = Array.from({ length: 7 }, (_, i) =>
  building('莫邪塘北村', `${i + 1}幢`, [
    { label: '1单元', floors: 4, rooms: doorsAFloor(2) },
    { label: '2单元', floors: 3, rooms: doorsAFloor(2) },
    // The ground floor of the third entrance has a bicycle room instead of a second door.
    { label: '3单元', floors: 3, rooms: (floor) => (floor === 1 ? ['101'] : doorsAFloor(2)(floor)) },
  ]),
);

const qingtaimenFirst = grid('清泰门第一网格');
const qingtaimenSecond = grid('清泰门第二网格');
const fenghuangFirst = grid('凤凰第一网格');
const fenghuangSecond = grid('凤凰第二网格');
const xingong = grid('新工第一网格');
const wujiang = grid('婺江第一网格');
const xujiabu = grid('徐家埠第一网格');

const community = (
  name: string,
  phone: string,
  defaultGrid: DemoGrid,
  furtherGrids: DemoGrid[],
  estates: DemoEstate[],
): DemoCommunity => ({ id: derivedId('demo-community', name), name, phone, defaultGrid, furtherGrids, estates });

export const DEMO_COMMUNITIES: readonly DemoCommunity[] = [
  community(
    '清泰门社区',
    '0571-5550 0101',
    qingtaimenFirst,
    [qingtaimenSecond],
    [
      estate('莫邪塘北村', qingtaimenFirst.id, moyetangBuildings),
      estate('清江路', qingtaimenSecond.id, [
        building('清江路', '114号', entrances(3, 6, 2)),
        building('清江路', '116号', [
          // A timber house: no entrances beside the one, rooms named as the people there name them.
          {
            label: '院内',
            floors: 2,
            rooms: (floor) => (floor === 1 ? ['东间', '西间', '灶披间'] : ['楼上东', '楼上西']),
          },
        ]),
      ]),
    ],
  ),
  community(
    '凤凰社区',
    '0571-5550 0102',
    fenghuangFirst,
    [fenghuangSecond],
    [
      estate('凤凰苑', fenghuangFirst.id, [
        building('凤凰苑', '1幢', entrances(2, 7, 2)),
        building('凤凰苑', '2幢', entrances(3, 7, 2)),
        building('凤凰苑', '3幢', [
          { label: '1单元', floors: 7, rooms: doorsAFloor(2) },
          // The top floor is one flat of two storeys.
          { label: '2单元', floors: 7, rooms: (floor) => (floor === 7 ? ['701'] : doorsAFloor(2)(floor)) },
        ]),
      ]),
      estate('凤凰南苑', fenghuangSecond.id, [
        building('凤凰南苑', '1幢', entrances(1, 11, 4)),
        building('凤凰南苑', '2幢', entrances(2, 11, 3)),
      ]),
    ],
  ),
  community(
    '新工社区',
    '0571-5550 0103',
    xingong,
    [],
    [
      estate('新工新村', xingong.id, [
        building('新工新村', '5幢', entrances(3, 6, 2)),
        building('新工新村', '6幢', entrances(3, 6, 3)),
      ]),
    ],
  ),
  community(
    '婺江社区',
    '0571-5550 0104',
    wujiang,
    [],
    [
      estate('望江西园', wujiang.id, [
        building('望江西园', '1幢', entrances(2, 6, 2)),
        building('望江西园', '2幢', entrances(4, 6, 2)),
      ]),
    ],
  ),
  community(
    '徐家埠社区',
    '0571-5550 0105',
    xujiabu,
    [],
    [estate('徐家埠小区', xujiabu.id, [building('徐家埠小区', '8幢', entrances(2, 18, 4))])],
  ),
];

export const DEMO_OFFICE = { name: '望江新城联合党委', phone: '0571-5550 0100' };

export const demoCommunity = (name: string): DemoCommunity => {
  const found = DEMO_COMMUNITIES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`The demo has no community ${name}.`);
  return found;
};

export const gridsOf = (one: DemoCommunity): DemoGrid[] => [one.defaultGrid, ...one.furtherGrids];
