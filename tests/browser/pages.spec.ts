import { expect, test, type Page } from '@playwright/test';
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
import { buildDemo, buildOffice } from '../support/demo/build-demo.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, CLAIMER, COORDINATOR, VOLUNTEER } from '../support/demo/people.ts';
import { codeOf } from '../support/factories.ts';
import { axeFindings } from './support/axe.ts';
import { fillOffice } from './support/fill-office.ts';
import { Office } from './support/office.ts';
import { delivered, signIn } from './support/people-at-work.ts';
import { storedRecords } from './support/stored.ts';

/** Every page of every role, filled and empty, in the four modes: axe finds nothing, nothing runs over the edge. */
test.setTimeout(600_000);

const MODES = [
  { name: 'light', elder: false, theme: 'light' },
  { name: 'dark', elder: false, theme: 'dark' },
  { name: '长辈版 light', elder: true, theme: 'light' },
  { name: '长辈版 dark', elder: true, theme: 'dark' },
] as const;

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
    '/desk/members',
    ...tickets.slice(0, 1).map((one) => `/desk/tickets/${one.data.place.gridId}/${one.id}`),
  ];
};

const ADMIN_PAGES = (): string[] => {
  const here = `/admin/communities/${community.id}`;
  const estate = `${here}/estates/${community.estates[0]!.id}`;
  return ['/admin', '/admin/members', '/admin/terms', here, estate, `${estate}/new`, `${here}/buildings/${building.id}`];
};

/** Every path that the routers know, as a pattern. */
const ROUTES = [account, admin, attention, claims, desk, door, home, notices, records, settings, wall]
  .flat()
  .map(({ path }) => ({ path, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`) }));

interface Round {
  who: string;
  viewport: { width: number; height: number };
  pages: (office: Office) => string[];
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
const ROUNDS: readonly Round[] = [
  { who: VOLUNTEER.signInName, viewport: PHONE, pages: VOLUNTEER_PAGES },
  { who: CLAIMER.signInName, viewport: PHONE, pages: CLAIMER_PAGES },
  { who: COORDINATOR.signInName, viewport: DESK, pages: DESK_PAGES },
  { who: COORDINATOR.signInName, viewport: PHONE, pages: DESK_PAGES },
  { who: ADMIN.signInName, viewport: DESK, pages: ADMIN_PAGES },
];

async function wear(page: Page, mode: (typeof MODES)[number]): Promise<void> {
  await page.evaluate(({ elder, theme }) => {
    document.documentElement.dataset['mode'] = elder ? 'elder' : 'standard';
    document.documentElement.dataset['theme'] = theme;
  }, mode);
  // Colours glide from one mode to the next; what is judged is where they come to rest.
  await page.evaluate(async () => {
    const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
    await frame();
    await frame();
    for (const animation of document.getAnimations()) {
      const endless = animation.effect?.getComputedTiming().endTime === Infinity;
      if (endless) animation.cancel();
      else animation.finish();
    }
    await frame();
  });
}

async function inspect(page: Page, path: string, findings: string[]): Promise<void> {
  for (const mode of MODES) {
    await wear(page, mode);
    for (const finding of await axeFindings(page)) findings.push(`${path} (${mode.name}): ${finding}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) findings.push(`${path} (${mode.name}): ${over} px wider than the screen`);
  }
}

for (const [name, fill] of [
  ['filled', buildDemo],
  ['empty', buildOffice],
] as const) {
  test(`axe finds nothing on the ${name} pages of any role, in any mode`, async ({ browser }) => {
    const office = await Office.open(fillOffice(fill));
    const findings: string[] = [];
    const seen = ['/signin', '/join', '/setup'];
    try {
      for (const { who, viewport, pages } of ROUNDS) {
        const context = await browser.newContext({ viewport, locale: 'zh-CN', reducedMotion: 'reduce' });
        const page = await context.newPage();
        await page.goto(`${office.origin}/signin`);
        await inspect(page, '/signin', findings);
        await signIn(page, office.origin, who);
        await delivered(page);
        for (const path of pages(office)) {
          await page.goto(office.origin + path);
          await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
          await inspect(page, `${who} ${path}`, findings);
          seen.push(path.replace(/\?.*/, ''));
        }
        await context.close();
      }
      expect(findings).toEqual([]);
      const unseen = ROUTES.filter(({ pattern }) => !seen.some((path) => pattern.test(path)));
      if (name === 'filled') expect(unseen.map(({ path }) => path)).toEqual([]);
    } finally {
      await office.close();
    }
  });
}

test('axe finds nothing on the pages that a resident and a newcomer see, in any mode', async ({ browser }) => {
  const office = await Office.open(fillOffice(buildDemo));
  const findings: string[] = [];
  try {
    const code = storedRecords<Slip>(office.dataDir, 'slip')[0]!.data.code;
    const wishes = storedRecords<Slip>(office.dataDir, 'slip').map((slip) => slip.data.code);
    const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN' });
    const page = await context.newPage();
    for (const path of [
      '/r',
      `/r/${code}`,
      `/r/${wishes.at(-1)}`,
      `/r/${codeOf('nobody')}`,
      '/r/ABC',
      '/join',
      '/setup',
    ]) {
      await page.goto(office.origin + path);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await inspect(page, path, findings);
    }
    expect(findings).toEqual([]);
    await context.close();
  } finally {
    await office.close();
  }
});
