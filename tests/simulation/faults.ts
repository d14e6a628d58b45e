/** What can happen to one request on its way. */
export const REQUEST_FAULTS = [
  'requestLost',
  'responseLost',
  'requestTwice',
  'requestLate',
  'responseLate',
  'unauthenticated401',
  'tooLarge413',
  'rateLimited429',
  'serverError500',
  'errorAfterCommit',
  'captivePortal',
] as const;
export type RequestFault = (typeof REQUEST_FAULTS)[number];

/** What can go wrong in a run. Each must have hit a mutation in flight at least once over the seeds of a test. */
export const FAULTS = [
  ...REQUEST_FAULTS,
  'offline',
  'deviceKilled',
  'cacheWiped',
  'outboxFull',
  'clockJump',
  'roleLost',
  'buildingMoved',
  'tombstonesGone',
  'clientCloned',
  'serverRestored',
  'serverCopiedBack',
  'serverRestarted',
  'leftOut',
  'takenBack',
  'writtenLeftOut',
  'sessionRevoked',
  'poison',
  'refused400',
  'retryForEver',
  'tabOpened',
  'tabClosed',
  'tabFrozen',
  'tabThawed',
  'serverBusy',
  'serverDiskFull',
  'serverKilledInside',
  'serverClockJump',
  'photoStoreLost',
  'storeFails',
  'cacheLostLast',
  'outboxPutBack',
  'outboxEmptied',
  'otherMember',
] as const;

export type Fault = (typeof FAULTS)[number];

/** What the phone was doing when the fault struck: a mutation in a request, one waiting, only a pull, nothing. */
export const STATES = ['pushing', 'waiting', 'pulling', 'still'] as const;
export type DeviceState = (typeof STATES)[number];

/** How often each fault struck in each state. */
export type Coverage = Record<Fault, Record<DeviceState, number>>;

export const newCoverage = (): Coverage =>
  Object.fromEntries(FAULTS.map((fault) => [fault, { pushing: 0, waiting: 0, pulling: 0, still: 0 }])) as Coverage;

export function addCoverage(sum: Coverage, more: Coverage): void {
  for (const fault of FAULTS) for (const state of STATES) sum[fault][state] += more[fault][state];
}

/** Bytes go by themselves, whatever becomes of a mutation meanwhile. */
const OF_BYTES: readonly Fault[] = ['photoStoreLost'];

/** A fault that never struck while a mutation was under way, or bytes lay there, proves nothing. */
export const missedFaults = (coverage: Coverage): Fault[] =>
  FAULTS.filter((fault) => {
    const { pushing, ...others } = coverage[fault];
    return pushing === 0 && !(OF_BYTES.includes(fault) && Object.values(others).some((times) => times > 0));
  });

/** What strikes in the midst of a push, and what strikes a request, are nowhere else. */
const ONLY_PUSHING: readonly Fault[] = [
  'poison',
  'refused400',
  'retryForEver',
  'serverBusy',
  'serverDiskFull',
  'serverKilledInside',
];
const isPossible = (fault: Fault, state: DeviceState): boolean =>
  state === 'pushing' ||
  !(ONLY_PUSHING.includes(fault) || (state === 'still' && [...REQUEST_FAULTS, 'offline'].some((one) => one === fault)));

/** Where a fault could have struck and did not. */
export const missedStates = (coverage: Coverage): string[] =>
  FAULTS.flatMap((fault) =>
    STATES.filter((state) => isPossible(fault, state) && coverage[fault][state] === 0).map(
      (state) => `${fault} while ${state}`,
    ),
  );

const cells = (values: readonly (string | number)[]): string =>
  values.map((value) => String(value).padStart(9)).join('');

export const describeCoverage = (coverage: Coverage): string =>
  [
    `${'fault × state'.padEnd(20)}${cells(STATES)}`,
    ...FAULTS.map((fault) => `${fault.padEnd(20)}${cells(STATES.map((state) => coverage[fault][state]))}`),
  ].join('\n');
