import { contentHash, digestAdd, EMPTY_DIGEST } from '../../src/protocol/digest.ts';
import { prepareArgs } from '../../src/domain/mutation/prepare-mutation.ts';
import type { Counted } from './sim-mutators.ts';
import { canonical, isSame } from './canonical.ts';
import { checkClaims } from './claim-invariants.ts';
import { key } from './model-records.ts';
import { checkNothingHeld, checkPhone } from './phone-invariants.ts';
import { ReferenceModel } from './reference-model.ts';
import type { ServerRow, ServerWorld } from './server-world.ts';
import type { SimDevice } from './sim-device.ts';

/** A device that was thrown away or revoked owes no account of its mutations. */
export interface Ended {
  start: readonly ServerRow[];
  devices: readonly SimDevice[];
  gone: ReadonlySet<SimDevice>;
}

/** What must hold once everything is quiet; each finding names its invariant. */
export async function checkInvariants(server: ServerWorld, { start, devices, gone }: Ended): Promise<string[]> {
  const found: string[] = [];
  const rows = await server.rows();
  const receipts = await server.receipts();
  const live = devices.filter((device) => !gone.has(device));
  const wordOn = (space: string, mid: string) => receipts.get(`${space} ${mid}`);

  // I2: every mutation that a phone said it had saved has come to exactly one end.
  for (const device of devices) {
    for (const { mid, space, name } of device.saved) {
      if (gone.has(device) || device.isLost(mid, server.restored)) continue;
      if (wordOn(space, mid) === undefined) found.push(`I2 ${device.name} ${name} ${mid} was saved and has no receipt`);
    }
  }
  found.push(...(await checkHeld(server, devices)));
  for (const device of live) {
    for (const { row, receipt, state } of device.engine?.waiting() ?? []) {
      const word = wordOn(row.space, row.mid);
      if (receipt === null && row.settledAt === null && state !== 'delivered') {
        found.push(`L1 ${device.name} ${row.name} ${row.mid} still waits (${state}, seq ${row.seq})`);
      } else if (receipt !== null && receipt.status !== word?.status) {
        found.push(`I2 ${device.name} ${row.mid} says ${receipt.status}, the server ${word?.status ?? 'nothing'}`);
      }
    }
    // What a person reads of it: 已送达 is said of nothing but what was applied.
    for (const { row, state } of device.engine?.waiting() ?? []) {
      const word = wordOn(row.space, row.mid)?.status;
      if (word !== undefined && (word === 'applied') !== (state === 'delivered')) {
        found.push(`I2 ${device.name} shows ${row.mid} as ${state}, the server has it as ${word}`);
      }
    }
    const status = device.engine?.status();
    if (status?.waiting !== 0) found.push(`L1 ${device.name} has ${status?.waiting ?? 'no engine and'} waiting`);
  }

  // I1: what ran is what was saved, lifted; what was led to another grid names that.
  const savedAs = new Map(
    devices.flatMap(({ saved }) => saved.map((one) => [`${one.space} ${one.mid}`, one] as const)),
  );
  const authors = new Map(devices.flatMap(({ saved, memberId }) => saved.map(({ mid }) => [mid, memberId] as const)));
  for (const { space, mid, name, args, ctx, status, by } of server.log) {
    if (by !== null && (authors.get(mid) ?? by.memberId) !== by.memberId) {
      found.push(`I23 ${name} ${mid} was settled in the name of another`);
    }
    const saved = savedAs.get(`${space} ${mid}`);
    if (saved === undefined || status !== 'applied' || ctx?.space !== space) continue;
    const { args: meant } = prepareArgs(server.rules.mutators, saved.name, saved.v, saved.args);
    if (saved.name !== name || !isSame(args, meant)) found.push(`I1 ${name} ${mid} did not run as it was saved`);
  }

  // I8, and with it I1, I5 and I23: the server's records are what the log gives, one mutation after the other.
  const model = new ReferenceModel(server.rules, start);
  for (const entry of server.log) {
    if (entry.name === 'claim.take' && entry.status === 'applied' && entry.ctx !== null) {
      const { cardId } = entry.args as { cardId: string };
      const card = model.records.get(key(entry.space, 'card', cardId)) as { claim: { memberId: string } | null };
      if (card.claim !== null && card.claim.memberId !== entry.ctx.actor.id) found.push(`I5 ${cardId} has two winners`);
    }
    const wrong = model.play(entry);
    if (wrong !== null) found.push(wrong);
  }
  const server_ = new Map(rows.map((row) => [key(row.space, row.kind, row.id), row.data]));
  for (const [name, data] of model.records) {
    if (!isSame(server_.get(name), data)) {
      found.push(`I8 ${name.replaceAll('\n', ' ')} is ${canonical(server_.get(name))}, ought to be ${canonical(data)}`);
    }
  }
  for (const name of server_.keys()) {
    if (!model.records.has(name)) found.push(`I8 ${name.replaceAll('\n', ' ')} ought not to be there`);
  }

  // I19: what an older build wrote is lifted, and nothing in this town is beyond the server's rules.
  for (const { mid, name, status, code } of server.log) {
    if (status === 'quarantined' && code === 'fault') found.push(`I19 ${name} ${mid} is held for a fault`);
  }

  // I3 and I4: each effect once, and each phone's in the order in which it was written.
  const order = new Map<string, { device: SimDevice; space: string; place: number }[]>();
  for (const device of devices) {
    for (const [place, { mid, space }] of device.saved.entries()) {
      // A late request may yet bring what the phone itself has lost.
      if (device.isLost(mid, server.restored)) continue;
      order.set(mid, [...(order.get(mid) ?? []), { device, space, place }]);
    }
  }
  // Who was killed between the disk and 已存本机 was told nothing of what is saved all the same.
  const untold = new Set(devices.flatMap(({ stored }) => [...stored]));
  for (const { kind, data, id } of rows) {
    const mids = kind === 'household' ? (data as Counted).mids : undefined;
    if (mids === undefined) continue;
    if (new Set(mids).size !== mids.length) found.push(`I3 ${id} holds a mutation twice`);
    for (const mid of mids) if (!untold.has(mid)) found.push(`I3 ${id} holds ${mid}, which nobody wrote`);
    for (const device of devices) {
      const places = mids.flatMap((mid) => order.get(mid)?.filter((by) => by.device === device) ?? []);
      for (const space of new Set(places.map((by) => by.space))) {
        const own = places.filter((by) => by.space === space);
        if (own.some(({ place }, n) => n > 0 && place < own[n - 1]!.place)) {
          found.push(`I4 ${id} holds mutations of ${device.name} out of order`);
        }
      }
    }
  }

  found.push(...checkClaims(server.log, rows));

  // I7: every phone holds of each space exactly what the server does.
  for (const [space, digest] of await server.digests()) {
    const there = rows.filter((row) => row.space === space);
    const reckoned = there.reduce(
      (sum, { kind, id, ver, data }) => digestAdd(sum, { kind, id, ver, content: contentHash(JSON.stringify(data)) }),
      EMPTY_DIGEST,
    );
    if (there.length > 0 && reckoned !== digest) found.push(`I7 the digest of ${space} is not that of its rows`);
  }
  for (const device of live) found.push(...checkPhone(device, rows));
  return found;
}

/** I2: of what is held a coordinator has every word that was saved, of a revoked phone too. */
async function checkHeld(server: ServerWorld, devices: readonly SimDevice[]): Promise<string[]> {
  const held = await server.held();
  const receipts = await server.receipts();
  return devices.flatMap(({ name: device, memberId, saved }) =>
    saved.flatMap(({ mid, space, name, v, args }) => {
      if (receipts.get(`${space} ${mid}`)?.status !== 'quarantined') return [];
      return isSame(held.get(`${space} ${mid}`), { memberId, name, v, args })
        ? []
        : [`I2 ${device} ${name} ${mid} is said to be held, and is not as it was saved`];
    }),
  );
}

/** I22: a month later a phone keeps nothing of its work but what its author has still to see to. [OB5] */
export function checkArchive(
  devices: readonly SimDevice[],
  receipts: ReadonlyMap<string, { status: string }>,
): string[] {
  return devices.flatMap(({ name, outbox, cache, lost, unarchived }) => {
    const old = outbox.rows.filter(({ space, mid }) => receipts.get(`${space} ${mid}`)?.status === 'applied');
    const kept = new Set(outbox.rows.map(({ mid }) => mid));
    // A word on what the browser took from the outbox itself stays until its space begins anew.
    const isTaken = (mid: string): boolean => lost.has(mid) || unarchived.has(mid);
    const words = [...cache.receipts.keys()].filter((mid) => !kept.has(mid) && !isTaken(mid));
    return [
      ...(old.length === 0 ? [] : [`I22 ${name} still has ${old.length} of last month's mutations`]),
      ...(words.length === 0 ? [] : [`I22 ${name} still has ${words.length} receipts of what it no longer has`]),
    ];
  });
}

/** A revoked phone hands everything in and keeps nothing but what was refused and its author has not put aside. */
export async function checkRevoked(server: ServerWorld, devices: readonly SimDevice[]): Promise<string[]> {
  const receipts = await server.receipts();
  const found: string[] = [];
  for (const device of devices) {
    if (!device.revoked) continue;
    for (const { mid, space } of device.saved) {
      if (!receipts.has(`${space} ${mid}`) && !device.isLost(mid, server.restored))
        found.push(`I2 ${device.name} was revoked and ${mid} has no receipt`);
    }
    found.push(...checkNothingHeld(device));
    const kept = device.outbox.rows.filter(({ space, mid }) => receipts.get(`${space} ${mid}`)?.status !== 'rejected');
    if (kept.length > 0) found.push(`I10 ${device.name} was revoked and keeps ${kept.length} rows`);
  }
  return found;
}
