import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/actor/actor.ts';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { contentHash, digestAdd, EMPTY_DIGEST } from '../../src/protocol/digest.ts';
import { PAGE_SIZE } from '../../src/protocol/sync-messages.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import type { TestDependencies, TestOptions } from '../support/test-dependencies.ts';

const VOLUNTEER = { volunteer: ['g1'] };
const TIMER: Actor = { kind: 'timer', id: 'test', name: '', roles: NO_ROLES, gridCommunity: {} };

/** What every database behind the server has to do; run over each of them. */
export function serverStoreCases(name: string, open: (options: TestOptions) => Promise<TestDependencies>): void {
  describe(name, () => {
    let deps: TestDependencies;
    let phone: SyncPhone;

    async function addPhone(member: string, roles: Parameters<typeof addMember>[2], client?: string) {
      const { session } = await addMember(deps, member, roles);
      return new SyncPhone(member, (request) => handleSync(deps, session, request), { client, clock: deps.now() });
    }

    const textOf = async (id: string) => (await readRecord(deps.db, 'grid:g1', 'visit', id))?.data.byName;

    beforeEach(async () => {
      deps = await open({ rules: sampleRules });
      await addPlaces(deps);
      phone = await addPhone('m1', VOLUNTEER);
    });
    afterEach(() => deps.close());

    const create = (id: string, text = 'a') => phone.mutation('grid:g1', 'sample.create', { id, text });
    const append = (id: string, text: string) => phone.mutation('grid:g1', 'sample.append', { id, text });

    test('I1: a batch is applied in order of seq, later mutations seeing earlier ones', async () => {
      const { pushed } = await phone.push('grid:g1', create('v1'), append('v1', 'b'), append('v1', 'c'));

      expect(pushed[0]?.receipts.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
      expect(pushed[0]).toMatchObject({ lastSeq: 3, stop: null });
      expect(await textOf('v1')).toBe('abc');
    });

    test('I3: the same batch sent again answers with the stored receipts and runs nothing', async () => {
      const batch = [create('v1'), append('v1', 'b')];
      const first = await phone.push('grid:g1', ...batch);
      const second = await phone.push('grid:g1', ...batch);

      expect(second.pushed).toEqual(first.pushed);
      expect(await textOf('v1')).toBe('ab');
    });

    test('I3: two requests with the same batch at once apply it once', async () => {
      const batch = [create('v1'), append('v1', 'b')];
      const answers = await Promise.all([1, 2, 3].map(() => phone.push('grid:g1', ...batch)));

      expect(answers.map(({ pushed }) => pushed[0]?.lastSeq)).toEqual([2, 2, 2]);
      expect(await textOf('v1')).toBe('ab');
    });

    test('I3: a mid that comes again under another client of the member keeps its outcome', async () => {
      const [first, lost] = [create('v1'), append('v1', 'b')];
      await phone.push('grid:g1', first, lost);
      phone.client = 'renumbered';
      const { pushed } = await phone.push('grid:g1', { ...lost, seq: 1 });

      expect(pushed[0]).toMatchObject({ lastSeq: 1, stop: null });
      expect(pushed[0]?.receipts).toMatchObject([{ seq: 1, mid: lost.mid, status: 'applied' }]);
      expect(await textOf('v1')).toBe('ab');
    });

    test('I18: the same seq with another mid is a fork, and what stands before it is settled', async () => {
      await phone.push('grid:g1', create('v1'));
      const clone = { ...append('v1', 'x'), seq: 1, mid: 'of-the-clone' };
      const { pushed } = await phone.push('grid:g1', clone);

      expect(pushed[0]).toMatchObject({ lastSeq: 1, receipts: [], stop: { seq: 1, reason: 'fork' } });
      expect(await textOf('v1')).toBe('a');
    });

    test('I18: of a settled seq whose receipt is gone nobody is told that it was applied: under a new client id it is decided anew', async () => {
      const batch = ['v1', 'v2', 'v3'].map((id) => create(id));
      await phone.push('grid:g1', ...batch);
      // As after a repair that did not bring all of it back: of the second only the receipt is missing.
      await deps.db.deleteFrom('receipt').where('seq', '>', 1).execute();
      await deps.db.deleteFrom('record').where('id', '=', 'v3').execute();
      const { pushed } = await phone.push('grid:g1', ...batch);
      expect(pushed[0]).toMatchObject({ lastSeq: 3, stop: { seq: 2, reason: 'fork' } });
      expect(pushed[0]?.receipts).toMatchObject([{ seq: 1, status: 'applied' }]);

      phone.client = 'renumbered';
      const again = await phone.push('grid:g1', ...batch);
      expect(again.pushed[0]?.receipts.map(({ status, code }) => [status, code])).toEqual([
        ['applied', ''],
        ['rejected', 'exists'],
        ['applied', ''],
      ]);
      expect(await textOf('v3')).toBe('a');
    });

    test('I18: another member under the same client number is told of a fork, and learns nothing', async () => {
      await phone.push('grid:g1', create('v1'));
      const other = await addPhone('m2', VOLUNTEER, phone.client);
      const pull = { space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: false };
      const answer = await other.send({
        push: [{ space: 'grid:g1', mutations: [other.mutation('grid:g1', 'sample.create', { id: 'v2', text: '' })] }],
        pull: [pull],
      });

      expect(answer.pushed[0]?.stop?.reason).toBe('fork');
      expect(answer.pages[0]).toMatchObject({ lastSeq: 0, receipts: [], rows: [] });
      expect(await textOf('v2')).toBeUndefined();
    });

    test('I4: a gap stops the batch there and changes nothing behind it', async () => {
      const [first, second, third] = [create('v1'), append('v1', 'b'), append('v1', 'c')];
      const gapped = await phone.push('grid:g1', first, third);

      expect(gapped.pushed[0]).toMatchObject({ lastSeq: 1, stop: { seq: 3, reason: 'gap' } });
      expect(await textOf('v1')).toBe('a');
      await phone.push('grid:g1', second, third);
      expect(await textOf('v1')).toBe('abc');
    });

    test('a stop in one space leaves what was written after it in another unanswered', async () => {
      const lost = create('v1');
      const { pushed } = await phone.send({
        push: [
          { space: 'grid:g1', mutations: [append('v1', 'b')] },
          { space: 'member:m1', mutations: [phone.mutation('member:m1', 'sample.create', {})] },
        ],
      });

      expect(lost.seq).toBe(1);
      expect(pushed).toHaveLength(1);
      expect(pushed[0]?.stop).toMatchObject({ seq: 2, reason: 'gap' });
    });

    test('a refused mutation gets its reason, leaves nothing, and does not stop the next', async () => {
      const { pushed } = await phone.push('grid:g1', append('none', 'x'), create('v1'));

      expect(pushed[0]?.receipts).toMatchObject([{ status: 'rejected', code: 'notFound' }, { status: 'applied' }]);
      expect(await textOf('v1')).toBe('a');
    });

    test('args that fit no schema are refused as invalid', async () => {
      const { pushed } = await phone.push('grid:g1', phone.mutation('grid:g1', 'sample.create', { id: 7 }));

      expect(pushed[0]?.receipts).toMatchObject([{ status: 'rejected', code: 'invalid' }]);
    });

    test('a mutation of another kind of space is refused as invalid', async () => {
      const wrong = phone.mutation('member:m1', 'sample.create', { id: 'v1', text: '' });
      const { pushed } = await phone.push('member:m1', wrong);

      expect(pushed[0]?.receipts).toMatchObject([{ status: 'rejected', code: 'invalid' }]);
    });

    test('I19: a queue of an older version is lifted, and an unknown one is held', async () => {
      const old = phone.mutation('grid:g1', 'sample.renamed', { id: 'v1', name: 'old' });
      const unknown = phone.mutation('grid:g1', 'sample.gone', { any: 'thing' });
      const future = phone.mutation('grid:g1', 'sample.create', { id: 'v2', text: '' }, { v: 9 });
      const { pushed } = await phone.push('grid:g1', old, unknown, future, create('v3'));

      expect(pushed[0]?.receipts.map(({ status, code }) => [status, code])).toEqual([
        ['applied', ''],
        ['quarantined', 'fault'],
        ['quarantined', 'fault'],
        ['applied', ''],
      ]);
      expect(await textOf('v1')).toBe('old');
      const held = await deps.db
        .selectFrom('held')
        .select(['mutation', 'args', 'reason'])
        .orderBy('mutation')
        .execute();
      expect(held).toEqual([
        { mutation: 'sample.create', args: '{"id":"v2","text":""}', reason: 'fault' },
        { mutation: 'sample.gone', args: '{"any":"thing"}', reason: 'fault' },
      ]);
    });

    test('L3: a mutator that throws is held with its args, leaves nothing, and delays nobody', async () => {
      const broken = phone.mutation('grid:g1', 'sample.broken', {});
      const { pushed } = await phone.push('grid:g1', broken, create('v1'));

      expect(pushed[0]?.receipts).toMatchObject([{ status: 'quarantined', code: 'fault' }, { status: 'applied' }]);
      expect(await textOf('half')).toBeUndefined();
    });

    test('what is sent with quarantine is held and not run', async () => {
      const { pushed } = await phone.push('grid:g1', { ...create('v1'), quarantine: true });

      expect(pushed[0]?.receipts).toMatchObject([{ status: 'quarantined', code: 'asked' }]);
      expect(await textOf('v1')).toBeUndefined();
    });

    test('I2: after loss of access creations are held and transitions refused', async () => {
      await phone.push('grid:g1', create('v1'));
      await setRoles(deps, 'm1', { volunteer: [] });
      const { pushed } = await phone.push('grid:g1', create('v2'), append('v1', 'x'));

      expect(pushed[0]?.receipts.map(({ status, code }) => [status, code])).toEqual([
        ['quarantined', 'noAccess'],
        ['rejected', 'noAccess'],
      ]);
      expect(await textOf('v1')).toBe('a');
      expect(await deps.db.selectFrom('held').select(['mutation', 'reason', 'member_name']).execute()).toEqual([
        { mutation: 'sample.create', reason: 'noAccess', member_name: '成员m1' },
      ]);
    });

    test('I2: a revoked session hands in, all of it is held, and nothing is read out to it', async () => {
      await phone.push('grid:g1', create('v1'));
      await deps.db.updateTable('session').set({ revoked_at: deps.now() }).execute();
      const answer = await phone.send({
        push: [{ space: 'grid:g1', mutations: [append('v1', 'x')] }],
        pull: [{ space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true }],
      });

      expect(answer).toMatchObject({ revoked: true, allowed: [] });
      expect(answer.pushed[0]?.receipts).toMatchObject([{ status: 'quarantined', code: 'revoked' }]);
      expect(answer.pages[0]).toMatchObject({ rows: [], lastSeq: 2, digest: null });
      expect(await textOf('v1')).toBe('a');
    });

    test('a session of another member does nothing on either side', async () => {
      const answer = await phone.send({
        member: 'somebody',
        push: [{ space: 'grid:g1', mutations: [create('v1')] }],
        pull: [{ space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true }],
      });

      expect(answer).toMatchObject({ member: { id: 'm1' }, allowed: [], pushed: [], pages: [], resets: [] });
      expect(await textOf('v1')).toBeUndefined();
    });

    test('a slip whose code is taken is refused, within a batch and after it', async () => {
      const slip = (id: string, code: string) => phone.mutation('grid:g1', 'sample.slip', { id, code });
      const first = await phone.push('grid:g1', slip('s1', 'AAAA'), slip('s2', 'AAAA'), slip('s3', 'BBBB'));
      const second = await phone.push('grid:g1', slip('s4', 'BBBB'));

      expect(first.pushed[0]?.receipts.map(({ code, ver }) => [code, ver])).toEqual([
        ['', 1],
        ['exists', 1],
        ['', 1],
      ]);
      expect(second.pushed[0]?.receipts.map(({ code }) => code)).toEqual(['exists']);
      expect(await deps.db.selectFrom('slip_code').selectAll().orderBy('code').execute()).toEqual([
        { code: 'AAAA', space: 'grid:g1', slip_id: 's1' },
        { code: 'BBBB', space: 'grid:g1', slip_id: 's3' },
      ]);
    });

    describe('time', () => {
      const HOUR = 3_600_000;
      const atOf = async (id: string) => (await readRecord(deps.db, 'grid:g1', 'visit', id))?.data.at;

      test('I16: counts from when it was written, however wrong the phone is', async () => {
        phone.clock = 0;
        const visit = create('v1');
        phone.clock = 3 * HOUR;
        deps.advance(3 * HOUR);
        await phone.push('grid:g1', visit);

        expect(await atOf('v1')).toBe(deps.now() - 3 * HOUR);
      });

      test('I16: is never later than now, and never before the phone last had nothing waiting', async () => {
        await phone.send({});
        const drained = deps.now();
        deps.advance(HOUR);
        const [tooOld, tooNew] = [create('v1'), create('v2')];
        tooOld.at = phone.clock - 400 * 24 * HOUR;
        tooNew.at = phone.clock + 400 * 24 * HOUR;
        await phone.push('grid:g1', tooOld, tooNew);

        expect(await atOf('v1')).toBe(drained);
        expect(await atOf('v2')).toBe(deps.now());
      });

      test('the second batch of a long queue is as old as the first', async () => {
        const [first, second] = [create('v1'), create('v2')];
        phone.clock += 48 * HOUR;
        deps.advance(48 * HOUR);
        await phone.send({ push: [{ space: 'grid:g1', mutations: [first] }], pending: 2 });
        await phone.send({ push: [{ space: 'grid:g1', mutations: [second] }], pending: 1 });

        expect(await atOf('v1')).toBe(deps.now() - 48 * HOUR);
        expect(await atOf('v2')).toBe(deps.now() - 48 * HOUR);
      });
    });

    describe('pull', () => {
      const fill = async (count: number, from = 0) => {
        const batch = Array.from({ length: count }, (_, n) => create(`v${String(from + n).padStart(5, '0')}`));
        for (let at = 0; at < count; at += PAGE_SIZE) await phone.push('grid:g1', ...batch.slice(at, at + PAGE_SIZE));
      };

      test.each([0, 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE, 2 * PAGE_SIZE + 1])(
        'I12: %i rows come whole, each once',
        async (count) => {
          await fill(count);
          const { rows, pages } = await phone.pullAll('grid:g1');

          expect(new Set(rows.map(({ id }) => id)).size).toBe(count);
          expect(rows).toHaveLength(count);
          expect(pages).toHaveLength(Math.max(1, Math.ceil(count / PAGE_SIZE)));
          expect(pages.map(({ done }) => done)).toEqual([...pages.slice(1).map(() => false), true]);
        },
      );

      test('I12: rows that share one version, and kinds that share one id, are never skipped', async () => {
        const count = PAGE_SIZE + 50;
        const rows = Array.from({ length: count }, (_, n) => ({ id: `x${String(n).padStart(4, '0')}` }));
        await deps.db.insertInto('space').values({ id: 'grid:g1', ver: 1, gc_ver: 0, digest: EMPTY_DIGEST }).execute();
        for (const kind of ['ticket', 'visit']) {
          for (let at = 0; at < count; at += 100) {
            await deps.db
              .insertInto('record')
              .values(
                rows
                  .slice(at, at + 100)
                  .map(({ id }) => ({ space: 'grid:g1', kind, id, ver: 1, deleted: 0, data: '{}', updated_at: 0 })),
              )
              .execute();
          }
        }
        const pulled = await phone.pullAll('grid:g1');

        expect(new Set(pulled.rows.map(({ k, id }) => `${k}/${id}`)).size).toBe(2 * count);
        expect(pulled.rows).toHaveLength(2 * count);
      });

      test('I15: lastSeq and receipts come with the last page alone, as of its version', async () => {
        await fill(PAGE_SIZE + 1);
        const first = await phone.send({
          pull: [{ space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true }],
        });
        const page = first.pages[0];
        await phone.push('grid:g1', create('later'));
        const second = await phone.send({
          pull: [
            { space: 'grid:g1', cursor: page?.cursor ?? null, upTo: page?.upTo ?? null, receiptsAfter: 0, rows: true },
          ],
        });

        expect(page).toMatchObject({ done: false, lastSeq: null, receipts: [], digest: null });
        expect(second.pages[0]).toMatchObject({ done: true, lastSeq: PAGE_SIZE + 1, digest: null });
        expect(second.pages[0]?.receipts).toHaveLength(PAGE_SIZE + 1);
        expect(second.pages[0]?.rows.map(({ id }) => id)).not.toContain('later');
      });

      test('I15: an empty round brings nothing and leaves the cursor where it is', async () => {
        await fill(3);
        const { pages } = await phone.pullAll('grid:g1');
        const again = await phone.pullAll('grid:g1', pages.at(-1)?.cursor ?? null);

        expect(again.rows).toEqual([]);
        expect(again.pages[0]?.cursor).toEqual(pages.at(-1)?.cursor);
      });

      test('I7: the digest is that of the live rows, through edits and removals', async () => {
        await fill(3);
        await phone.push(
          'grid:g1',
          append('v00001', 'b'),
          phone.mutation('grid:g1', 'sample.remove', { id: 'v00002' }),
        );
        const { rows, pages } = await phone.pullAll('grid:g1');
        const live = rows.filter(({ d }) => d !== undefined);
        const digest = live.reduce(
          (sum, { k: kind, id, ver, d }) => digestAdd(sum, { kind, id, ver, content: contentHash(JSON.stringify(d)) }),
          EMPTY_DIGEST,
        );

        expect(live).toHaveLength(2);
        expect(rows.find(({ id }) => id === 'v00002')).toEqual({ k: 'visit', id: 'v00002', ver: 2 });
        expect(pages.at(-1)?.digest).toBe(digest);
        // An older phone would take it for a difference: it is told none.
        const pull = [{ space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true }];
        expect((await phone.send({ protocol: 1, pull })).pages[0]).toMatchObject({ done: true, digest: null });
      });

      test('I9: a space that the member may not hold answers with the own receipts and nothing else', async () => {
        await fill(1);
        const other = await addPhone('m2', { volunteer: ['g2'] });
        const theirs = other.mutation('grid:g1', 'sample.append', { id: 'v00000', text: 'x' });
        const answer = await other.send({
          push: [{ space: 'grid:g1', mutations: [theirs] }],
          pull: [{ space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true }],
        });

        expect(answer.allowed.map(({ id }) => id)).not.toContain('grid:g1');
        expect(answer.pages[0]).toMatchObject({ rows: [], done: true, lastSeq: 1, digest: null });
        expect(answer.pages[0]?.receipts).toMatchObject([{ mid: theirs.mid, status: 'rejected', code: 'noAccess' }]);
      });

      test('contacts are read by no device', async () => {
        const { allowed, pages } = await phone.send({
          pull: [{ space: 'contact:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true }],
        });

        expect(allowed.some(({ id }) => id.startsWith('contact:'))).toBe(false);
        expect(pages[0]?.rows).toEqual([]);
      });

      test('I11: a cursor of another epoch, of the future, or behind the collected tombstones begins anew', async () => {
        await fill(2);
        const ask = async (ver: number, epoch: string | null) => {
          phone.epoch = epoch;
          const pull = { space: 'grid:g1', cursor: { ver, id: 'visit/x' }, upTo: null, receiptsAfter: 0, rows: true };
          const { resets, pages } = await phone.send({ pull: [pull] });
          return resets[0]?.reason ?? pages[0]?.done;
        };

        expect(await ask(1, 'another')).toBe('epoch');
        expect(await ask(99, 'epoch-1')).toBe('future');
        expect(await ask(1, 'epoch-1')).toBe(true);
        await deps.db.updateTable('space').set({ ver: 9, gc_ver: 5 }).where('id', '=', 'grid:g1').execute();
        expect(await ask(4, 'epoch-1')).toBe('gc');
        expect(await ask(5, 'epoch-1')).toBe(true);
      });

      test('a first pull under way is not sent back for tombstones that were gone when it began', async () => {
        await fill(PAGE_SIZE + 1);
        await deps.db.updateTable('space').set({ ver: 9, gc_ver: 5 }).where('id', '=', 'grid:g1').execute();

        expect((await phone.pullAll('grid:g1')).rows).toHaveLength(PAGE_SIZE + 1);
      });
    });

    describe('direct mutations', () => {
      const direct = (mid: string, name: string, args: unknown) =>
        applyMutation(deps, { space: 'grid:g1', name, v: 1, args, actor: TIMER, mid, at: deps.now() });

      test('I3: the same mid is answered as the first time and not run again', async () => {
        await direct('d1', 'sample.create', { id: 'v1', text: 'a' });
        const first = await direct('d2', 'sample.append', { id: 'v1', text: 'b' });
        const again = await direct('d2', 'sample.append', { id: 'v1', text: 'b' });

        expect(first).toEqual({ status: 'applied', ver: 2 });
        expect(again).toEqual(first);
        expect(await textOf('v1')).toBe('ab');
      });

      test('a refusal is answered the same way each time, though the record has come meanwhile', async () => {
        const first = await direct('d1', 'sample.append', { id: 'v1', text: 'b' });
        await direct('d2', 'sample.create', { id: 'v1', text: 'a' });

        expect(first).toEqual({ status: 'rejected', code: 'notFound', data: {} });
        expect(await direct('d1', 'sample.append', { id: 'v1', text: 'b' })).toEqual(first);
      });

      test('a fault is answered, leaves nothing and may be tried again', async () => {
        expect(await direct('d1', 'sample.broken', {})).toMatchObject({ status: 'rejected', code: 'fault' });
        expect(await textOf('half')).toBeUndefined();
        expect(await direct('d1', 'sample.create', { id: 'v1', text: 'a' })).toMatchObject({ status: 'applied' });
      });

      test('no phone can take the number under which they are kept', async () => {
        await direct('d1', 'sample.append', { id: 'v1', text: 'b' });
        const { pages } = await phone.send({
          pull: [{ space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true }],
        });

        expect(pages[0]?.receipts).toEqual([]);
      });
    });

    test('a poke follows each commit, with the version that a pull will find', async () => {
      const heard: [string, number][] = [];
      deps.pokes.subscribe((space, ver) => heard.push([space, ver]));
      const { pushed } = await phone.push('grid:g1', create('v1'));
      await phone.push('grid:g1', append('v1', 'b'));

      expect(pushed[0]?.receipts[0]?.ver).toBe(1);
      expect(heard).toEqual([
        ['grid:g1', 1],
        ['grid:g1', 2],
      ]);
    });
  });
}

async function setRoles(deps: TestDependencies, id: string, roles: object): Promise<void> {
  await deps.db
    .updateTable('member')
    .set({ roles: JSON.stringify({ ...NO_ROLES, ...roles }) })
    .where('id', '=', id)
    .execute();
}
