import { expect, type Browser, type Page } from '@playwright/test';
import type { Card } from '../../src/domain/card/card.ts';
import type { ClaimView } from '../../src/domain/claim/claim-view.ts';
import type { Slip } from '../../src/domain/slip/slip.ts';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { routes as account } from '../../src/client/features/account/routes.ts';
import { routes as admin } from '../../src/client/features/admin/routes.ts';
import { routes as attention } from '../../src/client/features/attention/routes.ts';
import { routes as claims } from '../../src/client/features/claims/routes.ts';
import { routes as desk } from '../../src/client/features/desk/routes.ts';
import { routes as door } from '../../src/client/features/door/routes.ts';
import { routes as home } from '../../src/client/features/home/routes.ts';
import { routes as notices } from '../../src/client/features/notices/routes.ts';
import { routes as records } from '../../src/client/features/records/routes.ts';
import { routes as settings } from '../../src/client/features/settings/routes.ts';
import { routes as wall } from '../../src/client/features/wall/routes.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, CLAIMER, COORDINATOR, VOLUNTEER } from '../support/demo/people.ts';
import { codeOf } from '../support/factories.ts';
import { faultsOf } from './support/axe.ts';
import { comeIn, DESK, PHONE } from './support/come-in.ts';
import { goTo, settled } from './support/go-to.ts';
import type { Office } from './support/office.ts';
import { test } from './support/offices.ts';
import { storedRecords } from './support/stored.ts';

/** Every page of every role, filled and empty, in the four modes: axe finds nothing, nothing runs over the edge. */
test.setTimeout(300_000);

const community = demoCommunity('清泰门社区');
const building = community.estates[0]!.buildings[0]!;
const room = building.entrances[0]!.floors[1]!.rooms[0]!;

const VOLUNTEER_PAGES = (office: Office): string[] => {
  const slip = storedRecords<Slip>(office.dataDir, 'slip').find((one) => one.space.endsWith(community.defaultGrid.id));
  const ticket = slip?.data.ticketIds[0];
  return [
    '/',
    '/door',
    `/door/${building.id}`,
    `/door/${building.id}/${room.id}`,
    '/log',
    `/log?room=${room.id}&building=${building.id}`,
    '/records',
    '/attention',
    '/notices',
    '/wall',
    '/me',
    '/me/devices',
    '/me/carried',
    '/me/password',
    '/me/install',
    '/nowhere',
    ...(slip === undefined ? [] : [`/slip/${community.defaultGrid.id}/${slip.id}`]),
    ...(ticket === undefined ? [] : [`/door/ticket/${community.defaultGrid.id}/${ticket}`]),
  ];
};

const CLAIMER_PAGES = (office: Office): string[] => {
  const card = storedRecords<Card>(office.dataDir, 'card').find((one) => one.data.state === 'open');
  const claim = storedRecords<ClaimView>(office.dataDir, 'claimView').find((one) => one.space.endsWith(CLAIMER.id));
  return [
    '/wall',
    '/claims',
    '/claims/nothing',
    ...(card === undefined ? [] : [`/wall/${card.data.communityId}/${card.id}`]),
    ...(claim === undefined ? [] : [`/claims/${claim.id}`]),
  ];
};

const DESK_PAGES = (office: Office): string[] => {
  const tickets = storedRecords<Ticket>(office.dataDir, 'ticket');
  return [
    '/desk',
    '/desk/tickets',
    '/desk/held',
    '/desk/devices',
    '/desk/members',
    ...tickets.slice(0, 1).map((one) => `/desk/tickets/${one.data.place.gridId}/${one.id}`),
  ];
};

const COMMUNITY = `/admin/communities/${community.id}`;
const ESTATE = `${COMMUNITY}/estates/${community.estates[0]!.id}`;
const ADMIN_PAGES = (): string[] => [
  '/admin',
  '/admin/members',
  '/admin/terms',
  COMMUNITY,
  ESTATE,
  `${ESTATE}/new`,
  `${COMMUNITY}/buildings/${building.id}`,
];

/** Before anyone is in: opened from outside, each a document of its own. */
const OPEN_PAGES = ['/signin', '/join', '/setup'];
const RESIDENT_PAGES = (office: Office): string[] => {
  const codes = storedRecords<Slip>(office.dataDir, 'slip').map((slip) => slip.data.code);
  return ['/r', `/r/${codes[0]}`, `/r/${codes.at(-1)}`, `/r/${codeOf('nobody')}`, '/r/ABC'];
};

const SCREENS = { phone: PHONE, desk: DESK } as const;

interface Round {
  who: string;
  screen: keyof typeof SCREENS;
  pages: (office: Office) => string[];
}

const ROUNDS: readonly Round[] = [
  { who: VOLUNTEER.signInName, screen: 'phone', pages: VOLUNTEER_PAGES },
  { who: COORDINATOR.signInName, screen: 'desk', pages: DESK_PAGES },
  { who: COORDINATOR.signInName, screen: 'phone', pages: DESK_PAGES },
  { who: CLAIMER.signInName, screen: 'phone', pages: CLAIMER_PAGES },
  { who: ADMIN.signInName, screen: 'desk', pages: ADMIN_PAGES },
];

async function inspect(page: Page, path: string, findings: string[]): Promise<void> {
  for (const fault of await faultsOf(page)) findings.push(`${path} ${fault}`);
}

async function walk(browser: Browser, office: Office, { who, screen, pages }: Round): Promise<void> {
  const findings: string[] = [];
  const page = await comeIn(browser, office.origin, who, SCREENS[screen]);
  for (const path of pages(office)) {
    await goTo(page, path);
    await inspect(page, path, findings);
  }
  expect(findings).toEqual([]);
  await page.context().close();
}

for (const round of ROUNDS) {
  const whose = `pages of ${round.who} on a ${round.screen}, in any mode`;
  test(`axe finds nothing on the filled ${whose}`, ({ browser, filled }) => walk(browser, filled, round));
  test(`axe finds nothing on the empty ${whose}`, ({ browser, empty }) => walk(browser, empty, round));
}

test('axe finds nothing on the pages that a resident and a newcomer see, in any mode', async ({ browser, filled }) => {
  const findings: string[] = [];
  for (const viewport of [PHONE, DESK]) {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (const path of [...OPEN_PAGES, ...RESIDENT_PAGES(filled)]) {
      await page.goto(filled.origin + path);
      await settled(page);
      await inspect(page, `${path} at ${viewport.width} px`, findings);
    }
    await context.close();
  }
  expect(findings).toEqual([]);
});

test('no page of the application is left out', ({ filled }) => {
  const seen = [...OPEN_PAGES, ...ROUNDS.flatMap(({ pages }) => pages(filled))].map((path) => path.replace(/\?.*/, ''));
  const unseen = [account, admin, attention, claims, desk, door, home, notices, records, settings, wall]
    .flat()
    .map(({ path }) => path)
    .filter((path) => !seen.some((one) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`).test(one)));
  expect(unseen).toEqual([]);
});
