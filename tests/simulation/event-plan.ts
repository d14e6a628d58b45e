import { REQUEST_FAULTS, type RequestFault } from './faults.ts';
import { createPrng, type Prng } from './prng.ts';

const SECOND = 1_000;
/** How long people work and faults strike. */
export const WORK = 7 * 60 * SECOND;

/** What may befall one phone, or the server, besides what the network does to a request. */
export const BLOWS = [
  'kill',
  'wipe',
  'full',
  'clock',
  'roles',
  'move',
  'gc',
  'clone',
  'backup',
  'restore',
  'revoke',
  'restart',
  'leaveOut',
] as const;

/** What came later has a deck and dice of its own: the seeds that are tests by name have the story in which they failed. */
const LATER_BLOWS = [
  'openTab',
  'closeTab',
  'freeze',
  'serverFails',
  'serverClock',
  'storeFails',
  'loseLast',
  'putBack',
  'empty',
  'otherMember',
] as const;
type DealtBlow = (typeof BLOWS)[number] | (typeof LATER_BLOWS)[number];
/** The last lies in no deck: where chance had to bring together what it takes it never struck. */
export type Blow = DealtBlow | 'losePhotos';

/** One line of a run's story. Each has its own source of chance: the others stay as they are where it is left out. */
export interface PlannedEvent {
  at: number;
  what: 'act' | 'online' | 'signIn' | Blow;
  /** 0 ≤ who < 1: which of the phones that can be used then. */
  who: number;
  seed: number;
}

/** How often a fault of a request strikes; left out whole, as an event is, while a failure is being shrunk. */
export interface PlannedWeather {
  weather: RequestFault;
  rate: number;
}

export type Planned = PlannedEvent | PlannedWeather;

/** Rarer blows belong to some seeds only, so that each is seen without the others too. */
const isPossible: Partial<Record<DealtBlow, (seed: number) => boolean>> = {
  backup: (seed) => seed % 3 === 0,
  restore: (seed) => seed % 3 === 0,
  revoke: (seed) => seed % 3 === 1,
  clone: (seed) => seed % 2 === 0,
  move: (seed) => seed % 5 < 2,
  gc: (seed) => seed % 5 === 1 || seed % 5 === 4,
  restart: (seed) => seed % 7 === 3,
  leaveOut: (seed) => seed % 4 < 2,
  openTab: (seed) => seed % 3 < 2,
  closeTab: (seed) => seed % 3 < 2,
  freeze: (seed) => seed % 3 < 2,
  serverClock: (seed) => seed % 4 === 2,
  loseLast: (seed) => seed % 2 === 1,
  putBack: (seed) => seed % 5 === 3,
  empty: (seed) => seed % 5 === 2,
};

const WEIGHTS: Record<DealtBlow, number> = {
  kill: 30,
  wipe: 15,
  full: 8,
  clock: 15,
  roles: 20,
  move: 14,
  gc: 20,
  clone: 10,
  backup: 6,
  restore: 6,
  revoke: 6,
  restart: 12,
  leaveOut: 16,
  openTab: 16,
  closeTab: 8,
  freeze: 14,
  serverFails: 14,
  serverClock: 10,
  storeFails: 12,
  loseLast: 8,
  putBack: 8,
  empty: 8,
  otherMember: 8,
};

type Every = (least: number, spread: number, what: () => PlannedEvent['what']) => void;

/** Again and again, at times of chance. */
const into =
  (plan: Planned[], prng: Prng): Every =>
  (least, spread, what) => {
    for (let at = least + prng.int(spread); at < WORK; at += least + prng.int(spread)) {
      plan.push({ at, what: what(), who: prng.next(), seed: prng.int(2 ** 31) });
    }
  };

const deckOf = (blows: readonly DealtBlow[], seed: number): DealtBlow[] =>
  blows
    .filter((blow) => isPossible[blow]?.(seed) ?? true)
    .flatMap((blow) => Array.from({ length: WEIGHTS[blow] }, () => blow));

/** The whole story of a seed, before any of it happens. */
export function planOf(seed: number): Planned[] {
  const plan = firstPlanOf(seed);
  const prng = createPrng(seed ^ 0x1a7e4);
  const deck = deckOf(LATER_BLOWS, seed);
  into(plan, prng)(5 * SECOND, 15 * SECOND, () => prng.pick(deck) ?? 'freeze');
  if (losesPhotos(seed)) {
    const dice = createPrng(seed ^ 0x9407);
    plan.push({
      at: 60 * SECOND + dice.int(120 * SECOND),
      what: 'losePhotos',
      who: dice.next(),
      seed: dice.int(2 ** 31),
    });
  }
  return plan;
}

/** Photos go in every fourth seed, and a database may come back in every third. */
const losesPhotos = (seed: number): boolean => seed % 12 === 9;

/** The story as it was before there were later blows. Some runs are calm, some are all storm. */
export function firstPlanOf(seed: number): Planned[] {
  const prng = createPrng(seed);
  const force = prng.next() * 0.15;
  const plan: Planned[] = REQUEST_FAULTS.map((weather) => {
    const share = weather === 'unauthenticated401' ? 0.5 : 1;
    return { weather, rate: force * prng.next() * share };
  });
  const deck = deckOf(BLOWS, seed);
  const every = into(plan, prng);
  every(SECOND, 6 * SECOND, () => 'act');
  every(5 * SECOND, 20 * SECOND, () => prng.pick(deck) ?? 'kill');
  every(8 * SECOND, 40 * SECOND, () => 'online');
  every(45 * SECOND, 90 * SECOND, () => 'signIn');
  return plan;
}

export const describePlanned = (planned: Planned): string =>
  'weather' in planned
    ? `weather ${planned.weather} ${planned.rate.toFixed(3)}`
    : `${(planned.at / SECOND).toFixed(1).padStart(6)} s ${planned.what} (who ${planned.who.toFixed(3)})`;
