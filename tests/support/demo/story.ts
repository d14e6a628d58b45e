import { shanghaiDay } from '../../../src/domain/time/shanghai-day.ts';
import type { Actor } from '../../../src/domain/actor/actor.ts';
import { cardIdOf } from '../../../src/domain/card/card-id.ts';
import { claimViewIdOf } from '../../../src/domain/claim/claim-view-id.ts';
import type { MutationDraft } from '../../../src/domain/mutation/mutator.ts';
import { memberSpace } from '../../../src/domain/space/space.ts';
import {
  claimDraft,
  codeOf,
  contactDraft,
  idOf,
  placeOf,
  slipDraft,
  spokenConsent,
  ticketDraft,
  ticketStep,
  visitDraft,
} from '../factories.ts';
import type { DemoMatter } from './matters.ts';
import { RESIDENT_NAMES } from './people.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Step {
  mid: string;
  actor: Actor;
  at: number;
  draft: MutationDraft;
}

export interface Cast {
  volunteer: Actor;
  coordinator: Actor;
  claimer: Actor;
}

/** The person who holds the slip. */
const residentOf = (slipId: string): Actor => ({
  kind: 'resident',
  id: slipId,
  name: '居民',
  roles: { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false },
  gridCommunity: {},
});

/** A telephone of a range that belongs to nobody. */
const phoneOf = (n: number): string => `1990000${String(1000 + ((n * 37) % 9000))}`;

/** Everything that happened to one matter, in order, up to its chapter. */
export function storyOf(matter: DemoMatter, n: number, cast: Cast, now: number): Step[] {
  const place = placeOf(matter.community, matter.estate, matter.building, matter.door);
  const gridId = place.gridId;
  const id = idOf('ticket', matter.seed);
  const visitId = idOf('visit', matter.seed);
  const slipId = idOf('slip', matter.seed);
  const contactId = idOf('contact', matter.seed);
  const start = now - matter.daysAgo * DAY + (n % 8) * HOUR;
  const steps: Step[] = [];
  let at = start;
  const tell = (actor: Actor, draft: MutationDraft, after: number): string => {
    // Nothing of the demo may lie in the future.
    at = Math.min(at + after, now - 60_000);
    const mid = idOf('mid', matter.seed, String(steps.length));
    steps.push({ mid, actor, at, draft });
    return mid;
  };
  const coordinator = (action: string, args: Record<string, unknown>, after = 3 * HOUR): string =>
    tell(cast.coordinator, ticketStep(gridId, action, { id, ...args }), after);

  tell(cast.volunteer, visitDraft(visitId, place), 0);
  const withPhone = n % 4 !== 0;
  tell(
    cast.volunteer,
    contactDraft(contactId, gridId, {
      name: RESIDENT_NAMES[n % RESIDENT_NAMES.length] ?? '',
      ...(withPhone ? { phone: phoneOf(n) } : { pin: String(1000 + ((n * 53) % 9000)) }),
    }),
    60_000,
  );
  tell(
    cast.volunteer,
    ticketDraft(place, {
      id,
      kind: matter.kind,
      item: matter.item.code,
      text: matter.text,
      urgent: matter.urgent,
      visitId,
      slipId,
      contactId,
      consent: spokenConsent({
        publish: matter.kind === 'wish',
        sensitive: matter.item.sensitive ? true : null,
      }),
    }),
    60_000,
  );
  tell(
    cast.volunteer,
    slipDraft(gridId, {
      id: slipId,
      code: codeOf(matter.seed),
      visitId,
      ticketIds: [id],
      contactId,
      proof: withPhone ? 'phone' : 'pin',
    }),
    60_000,
  );

  const chapter = matter.chapter;
  if (chapter === 'logged') return steps;
  if (chapter === 'returned') {
    coordinator('return', { reason: '请补充具体在几楼、哪一侧，最好写上什么时候最明显。' });
    return steps;
  }
  if (chapter === 'declined') {
    coordinator('decline', { reason: '这件事要由住户自己向物业申请，社区已经把电话和材料清单送到家里。' });
    return steps;
  }
  coordinator('accept', { tier: null });
  if (chapter === 'accepted') return steps;
  if (matter.kind === 'wish') {
    coordinator('publish', { cardText: matter.item.cardText, public: !matter.item.sensitive }, 5 * HOUR);
    if (chapter === 'open') return steps;
    const claimMid = tell(cast.claimer, claimDraft(matter.community.id, cardIdOf(id)), DAY);
    if (chapter === 'claimed') return steps;
    const claimStep = (name: string, args: Record<string, unknown>): MutationDraft => ({
      space: memberSpace(cast.claimer.id),
      name,
      v: 1,
      args: { id: claimViewIdOf(id, claimMid), ...args },
    });
    tell(cast.claimer, claimStep('claim.progress', { text: '已经电话联系，约好周六上午上门。' }), 8 * HOUR);
    tell(
      cast.claimer,
      claimStep('claim.fulfil', { outcome: 'solved', result: '已上门办好，当场试过，没有问题。' }),
      DAY,
    );
  } else {
    if (chapter === 'suspended') {
      coordinator('suspend', { reason: '要等明年老旧小区改造一并处理。', reviewOn: shanghaiDay(at + 30 * DAY) });
      return steps;
    }
    coordinator('dispatch', { leadUnit: matter.item.leadUnit, jointUnits: [], note: '' }, 5 * HOUR);
    if (chapter === 'dispatched') return steps;
    coordinator('start', { note: '' }, DAY);
    coordinator('progress', { text: '已到现场看过，材料本周备齐。', open: true }, 6 * HOUR);
    if (chapter === 'inProgress') return steps;
    coordinator(
      'resolve',
      { outcome: n % 7 === 0 ? 'partlySolved' : 'solved', result: '现场处理完毕，拍照存档。' },
      DAY,
    );
  }
  if (chapter === 'resolved' || chapter === 'fulfilled') return steps;
  const satisfaction = n % 5 === 0 ? 'fairlySatisfied' : 'satisfied';
  tell(residentOf(slipId), ticketStep(gridId, 'confirm', { id, satisfaction }), DAY);
  return steps;
}
