/** What can go wrong in a run. Each must have hit a mutation in flight at least once over the seeds of a test. */
export const FAULTS = [
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
  'offline',
  'deviceKilled',
  'cacheWiped',
  'clockJump',
  'roleLost',
  'clientCloned',
  'serverRestored',
  'sessionRevoked',
  'poison',
  'refused400',
  'retryForEver',
] as const;

export type Fault = (typeof FAULTS)[number];

/** How often a fault fired, and how often a mutation was in flight, or waiting on the device that it hit. */
export type Coverage = Record<Fault, { fired: number; inFlight: number }>;

export const newCoverage = (): Coverage =>
  Object.fromEntries(FAULTS.map((fault) => [fault, { fired: 0, inFlight: 0 }])) as Coverage;

export function countFault(coverage: Coverage, fault: Fault, inFlight: boolean): void {
  coverage[fault].fired += 1;
  if (inFlight) coverage[fault].inFlight += 1;
}

export function addCoverage(sum: Coverage, more: Coverage): void {
  for (const fault of FAULTS) {
    sum[fault].fired += more[fault].fired;
    sum[fault].inFlight += more[fault].inFlight;
  }
}

export const missedFaults = (coverage: Coverage): Fault[] => FAULTS.filter((fault) => coverage[fault].inFlight === 0);

export const describeCoverage = (coverage: Coverage): string =>
  FAULTS.map(
    (fault) => `${fault.padEnd(20)} fired ${coverage[fault].fired}, in flight ${coverage[fault].inFlight}`,
  ).join('\n');
