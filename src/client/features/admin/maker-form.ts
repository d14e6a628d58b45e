import type { Entrance } from '../../../domain/building/building.ts';
import { buildingNamesOf, faultOfNames, type NamesFault } from './building-names.ts';
import {
  copyLayout,
  countLayout,
  DOORS_IN_BUILDING_MAX,
  layoutOf,
  type EntrancePlan,
  type LayoutPlan,
  type Numbering,
} from './layout-plan.ts';

/** What is asked for when buildings are made; kept as a draft. */
export interface MakerForm {
  names: string;
  /** Id of a building of the estate that the new ones look like; empty: as the numbers say. */
  like: string;
  /** `alike`: one row of numbers for all entrances; `each`: a row for each. */
  entrances: 'alike' | 'each';
  count: number;
  floors: number;
  doors: number;
  each: EntrancePlan[];
  firstFloor: number;
  /** As typed: 4、13 */
  skipped: string;
  numbering: Numbering;
}

/** What most houses of the old quarters look like. */
export const emptyMakerForm = (): MakerForm => ({
  names: '',
  like: '',
  entrances: 'alike',
  count: 3,
  floors: 6,
  doors: 2,
  each: [],
  firstFloor: 1,
  skipped: '',
  numbering: 'restart',
});

const numbersIn = (typed: string): number[] => (typed.match(/\d+/g) ?? []).map(Number);

export const entrancePlans = (form: MakerForm): EntrancePlan[] =>
  form.entrances === 'each'
    ? form.each
    : Array.from({ length: form.count }, () => ({ floors: form.floors, doors: form.doors }));

export const planOf = (form: MakerForm): LayoutPlan => ({
  entrances: entrancePlans(form),
  firstFloor: form.firstFloor,
  skipped: numbersIn(form.skipped),
  numbering: form.numbering,
});

/** The rows for entrances that differ begin with what was said for all. */
export const withEach = (form: MakerForm): MakerForm => ({ ...form, entrances: 'each', each: entrancePlans(form) });

/** One building as the form describes it; `model` is the one that `like` names. */
export const layoutFor = (form: MakerForm, model: readonly Entrance[] | undefined, newId: () => string): Entrance[] =>
  model === undefined ? layoutOf(planOf(form), newId) : copyLayout(model, newId);

export type MakerFault = NamesFault | 'empty' | 'tooLarge';

/** The first thing that keeps the buildings from being made. */
export function faultOfMaker(
  form: MakerForm,
  layout: readonly Entrance[],
  existing: readonly string[],
): { fault: MakerFault; name: string } | null {
  const names = faultOfNames(buildingNamesOf(form.names), existing);
  if (names !== null) return names;
  const { doors } = countLayout(layout);
  if (doors === 0) return { fault: 'empty', name: '' };
  return doors > DOORS_IN_BUILDING_MAX ? { fault: 'tooLarge', name: '' } : null;
}
