import { expect, test } from 'vitest';
import { cardIn, published } from '../claim/claims-for-tests.ts';
import {
  door,
  spoken,
  publishArgs,
  logAtDoor,
  publishAtDesk,
  smallOffice,
} from '../mutation/small-office-for-tests.ts';

test('a card shows the estate, or the community where the matter is sensitive, and never a person', () => {
  expect(cardIn(published())).toMatchObject({ where: '凤凰苑', public: true, sensitive: false });
  const world = smallOffice();
  logAtDoor(world, { item: 'ZL02', consent: { ...spoken, sensitive: true } });
  publishAtDesk(world, { ...publishArgs, public: false });
  expect(cardIn(world)).toMatchObject({ where: '清泰门社区', public: false, sensitive: true });
  expect(JSON.stringify(cardIn(world))).not.toMatch(/302|潘|1990|凤凰苑/);
  const bare = smallOffice();
  const nowhere = { estateId: null, buildingId: null, entranceId: null, floorId: null, roomId: null, estateName: '' };
  logAtDoor(bare, { place: { ...door, ...nowhere } });
  publishAtDesk(bare);
  expect(cardIn(bare).where).toBe('清泰门社区');
});
