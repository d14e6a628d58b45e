import * as v from 'valibot';
import type { Card } from '../../src/domain/card/card.ts';
import { defineMutator, type Mutator } from '../../src/domain/mutation/mutator.ts';
import type { Reaction } from '../../src/domain/mutation/reaction.ts';
import { Refusal, refuseUnless } from '../../src/domain/mutation/refusal.ts';
import { memberSpace } from '../../src/domain/space/space.ts';
import type { Visit } from '../../src/domain/visit/visit.ts';
import type { Rules } from '../../src/server/dependencies.ts';

const PLACE: Visit['place'] = {
  communityId: 'c1',
  gridId: 'g1',
  estateId: null,
  buildingId: null,
  entranceId: null,
  floorId: null,
  roomId: null,
  estateName: '',
  label: '',
};

const idAndText = v.strictObject({ id: v.string(), text: v.string() });

const visit = (text: string, at: number, deviceAt: number): Visit => ({
  place: PLACE,
  householdId: null,
  outcome: 'met',
  byId: 'm1',
  byName: text,
  at,
  deviceAt,
});

const create = defineMutator({
  name: 'sample.create',
  version: 1,
  spaceKind: 'grid',
  creates: true,
  args: idAndText,
  authorize: () => undefined,
  apply(tx, { id, text }, { space, at, deviceAt }) {
    refuseUnless(!tx.get(space, 'visit', id), 'exists');
    tx.put('visit', id, visit(text, at, deviceAt));
  },
});

/** Not idempotent: run twice, it shows. */
const append = defineMutator({
  name: 'sample.append',
  version: 1,
  spaceKind: 'grid',
  creates: false,
  args: idAndText,
  authorize: () => undefined,
  apply(tx, { id, text }, { space }) {
    const found = tx.get(space, 'visit', id);
    refuseUnless(found, 'notFound');
    tx.put('visit', id, { ...found, byName: found.byName + text });
  },
});

const remove = defineMutator({
  name: 'sample.remove',
  version: 1,
  spaceKind: 'grid',
  creates: false,
  args: v.strictObject({ id: v.string() }),
  authorize: () => undefined,
  apply(tx, { id }) {
    tx.remove('visit', id);
  },
});

const broken = defineMutator({
  name: 'sample.broken',
  version: 1,
  spaceKind: 'grid',
  creates: false,
  args: v.strictObject({}),
  authorize: () => undefined,
  apply(tx) {
    tx.put('visit', 'half', visit('half', 0, 0));
    throw new TypeError('a fault that names 王芳');
  },
});

/** One winner a card; who comes second hears of it through `tellLoser`. */
const claim = defineMutator({
  name: 'sample.claim',
  version: 1,
  spaceKind: 'wall',
  creates: false,
  args: v.strictObject({ id: v.string() }),
  authorize(_tx, _args, { actor }) {
    refuseUnless(actor.roles.claimer, 'forbidden');
  },
  apply(tx, { id }, { space, actor, mid, at }) {
    const card = tx.get(space, 'card', id);
    refuseUnless(card, 'notFound');
    if (card.claim) throw new Refusal('claimTaken', { winnerName: card.claim.name, at: card.claim.at });
    const claimed: Card = {
      ...card,
      state: 'claimed',
      claim: { mid, memberId: actor.id, name: actor.name, at, expiresAt: at + 14 * 86_400_000 },
    };
    tx.put('card', id, claimed);
  },
});

const open = defineMutator({
  name: 'sample.open',
  version: 1,
  spaceKind: 'wall',
  creates: true,
  args: v.strictObject({ id: v.string() }),
  authorize: () => undefined,
  apply(tx, { id }, { at }) {
    tx.put('card', id, {
      ticketId: 't1',
      gridId: 'g1',
      communityId: 'c1',
      kind: 'wish',
      item: 'BM01',
      itemVersion: 1,
      text: '修补纱窗',
      where: '凤凰苑',
      sensitive: false,
      public: true,
      urgent: false,
      state: 'open',
      claim: null,
      publishedAt: at,
      updatedAt: at,
    });
  },
});

const tellLoser: Reaction = {
  name: 'tell-loser',
  onRefused(code, data, _tx, { actor, mid, at, space }, mutation, args) {
    if (code !== 'claimTaken' || mutation !== 'sample.claim') return [];
    const about = { space, kind: 'card', id: (args as { id: string }).id };
    const notice = { type: 'claimLost' as const, at, readAt: null, about, params: { ...data } };
    return [{ space: memberSpace(actor.id), kind: 'notice', id: mid, data: notice }];
  },
};

const issueSlip = defineMutator({
  name: 'sample.slip',
  version: 1,
  spaceKind: 'grid',
  creates: true,
  args: v.strictObject({ id: v.string(), code: v.string() }),
  authorize: () => undefined,
  apply(tx, { id, code }, { at }) {
    tx.put('slip', id, { code, visitId: null, ticketIds: [], contactId: 'x', proof: 'pin', createdAt: at });
  },
});

/** A second version, so that a queue of the first is lifted. */
const renamed = defineMutator({
  name: 'sample.renamed',
  version: 2,
  spaceKind: 'grid',
  creates: true,
  args: idAndText,
  upcast: { 1: (args) => ({ id: (args as { id: string }).id, text: (args as { name: string }).name }) },
  authorize: () => undefined,
  apply(tx, { id, text }, { at, deviceAt }) {
    tx.put('visit', id, visit(text, at, deviceAt));
  },
});

const all: readonly Mutator[] = [create, append, remove, broken, claim, open, issueSlip, renamed];

/** A few mutators whose effects are easy to count, for tests of the server's store alone. */
export const sampleRules: Rules = {
  mutators: new Map(all.map((mutator) => [mutator.name, mutator])),
  reactions: [tellLoser],
};
