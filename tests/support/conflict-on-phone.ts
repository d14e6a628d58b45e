import type { Seen } from '../../src/domain/conflict/conflict-args.ts';
import type { SaveRequest } from '../../src/sync/engine-api.ts';
import { findDoor } from '../../src/client/features/door/door-order.ts';
import { emptyForm } from '../../src/client/features/door/log-form.ts';
import { logRequests, NOTHING_YET } from '../../src/client/features/door/log-requests.ts';
import { madeAfter } from '../../src/client/features/door/made-for-tests.ts';
import { placeInBuilding } from '../../src/client/features/door/place-of.ts';
import { BUILDING, GRID, roomId, type TestPhone } from './door-phone.ts';

const space = `grid:${GRID}`;
export const ticketOnPhone = '00000000-0000-7000-8000-000000000001';
const TEXT = '二楼堆了东西';
/** What stands when the two have met. */
export const SEEN: NonNullable<Seen> = { value: '二楼堆了纸箱', turn: 0 };

const of = (name: string, v: number, args: object): SaveRequest => ({ space, name, v, args });
const amend = (from: string, to: string): SaveRequest =>
  of('ticket.amend', 1, { id: ticketOnPhone, text: { from, to } });

/** A matter on this phone that two corrections of the same words have met in; the id of what is to be decided. */
export async function clashOnPhone({ engine }: TestPhone): Promise<string> {
  const place = placeInBuilding(BUILDING, findDoor(BUILDING.data, roomId('101')) ?? {});
  const form = { ...emptyForm(place), item: 'LD01', text: TEXT };
  const catalogue = engine.view.list({ space: 'office', kind: 'catalogue', index: 'all' })[0]?.data;
  const item = catalogue?.classes.flatMap(({ items }) => items).find(({ code }) => code === 'LD01');
  if (!item) throw new Error('no such item');
  const logged = { form, place, item, itemVersion: 1, publish: false };
  await engine.save(logRequests(logged, NOTHING_YET, madeAfter(0)).requests);
  await engine.save([amend(TEXT, SEEN.value)]);
  await engine.save([amend(TEXT, '二楼堆了自行车')]);
  const [conflict] = engine.view.list({ space, kind: 'conflict', index: 'all' });
  if (!conflict) throw new Error('nothing has met');
  return conflict.id;
}

/** As if somebody wrote over what stands. */
export const writeOver = async ({ engine }: TestPhone, to: string): Promise<unknown> =>
  engine.save([amend(engine.view.get(space, 'ticket', ticketOnPhone)?.data.text ?? '', to)]);

export const decideOnPhone = async ({ engine }: TestPhone, id: string, args: object): Promise<unknown> =>
  engine.save([of('conflict.resolve', 2, { id, ...args })]);
