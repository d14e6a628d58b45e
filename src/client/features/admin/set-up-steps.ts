import type { Roles } from '../../../domain/actor/actor.ts';

/** One community as the overview counts it. */
export interface CommunityFacts {
  id: string;
  gridIds: readonly string[];
  /** Its estates, each with how many buildings it has. */
  estates: readonly { id: string; buildings: number }[];
}

export type Gap = 'estate' | 'building' | 'coordinator' | 'volunteer';

/** Undefined: who is a member is only known with a network. */
export type People = readonly { roles: Roles; active: boolean; invited: boolean }[] | undefined;

const counts = ({ active, invited }: { active: boolean; invited: boolean }): boolean => active || invited;

/** What a community still lacks before somebody can go to its doors. People are left out where nobody knows them. */
export function gapsOf(community: CommunityFacts, people: People): Gap[] {
  const gaps: Gap[] = [];
  if (community.estates.length === 0) gaps.push('estate');
  else if (community.estates.every(({ buildings }) => buildings === 0)) gaps.push('building');
  if (people === undefined) return gaps;
  const here = people.filter(counts);
  if (!here.some(({ roles }) => roles.coordinator.includes(community.id))) gaps.push('coordinator');
  if (!here.some(({ roles }) => roles.volunteer.some((id) => community.gridIds.includes(id)))) gaps.push('volunteer');
  return gaps;
}

export const SET_UP_STEPS = ['community', 'estate', 'building', 'coordinator', 'volunteer'] as const;
export type SetUpStep = (typeof SET_UP_STEPS)[number];

export interface StepState {
  step: SetUpStep;
  /** Unknown: nobody can say without a network. */
  state: 'done' | 'next' | 'later' | 'unknown';
}

/** The way from an empty office to a first visit, led through the first community that is ready for each step. */
export function setUpSteps(communities: readonly CommunityFacts[], people: People): StepState[] {
  const has = (step: SetUpStep): boolean | null => {
    const estates = communities.flatMap((community) => community.estates);
    if (step === 'community') return communities.length > 0;
    if (step === 'estate') return estates.length > 0;
    if (step === 'building') return estates.some(({ buildings }) => buildings > 0);
    if (people === undefined) return null;
    return communities.some((community) => !gapsOf(community, people).includes(step));
  };
  let led = false;
  return SET_UP_STEPS.map((step): StepState => {
    const done = has(step);
    if (done === true) return { step, state: 'done' };
    if (led) return { step, state: 'later' };
    if (done === null) return { step, state: 'unknown' };
    led = true;
    return { step, state: 'next' };
  });
}

/** True once somebody could be at a first door. */
export const isSetUp = (steps: readonly StepState[]): boolean =>
  steps.every(({ state }) => state === 'done' || state === 'unknown');
