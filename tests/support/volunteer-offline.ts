import { expect } from 'vitest';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { EAST, type Browser, type officeWorld } from './account-world.ts';
import { openAppPhone, type AppPhone } from './app-phone.ts';
import { placeInGrid, ticketDraft } from './factories.ts';

type Office = Awaited<ReturnType<typeof officeWorld>>;

export interface VolunteerOffline {
  browser: Browser;
  phone: AppPhone;
  /** A matter is written down in the grid of the east. */
  write(id: string): Promise<unknown>;
  /** From now on these are the volunteer's grids. */
  setGrids(volunteer: string[]): Promise<void>;
}

/** A volunteer of the east whose phone has synced once, and has no network since. */
export async function volunteerOffline(world: Office, name: string): Promise<VolunteerOffline> {
  const browser = await world.signedIn(name, { volunteer: [EAST.grid] });
  const phone = await openAppPhone(world, browser);
  await phone.sync();
  phone.online = false;
  return {
    browser,
    phone,
    write(id) {
      const words = { id, kind: 'issue', item: 'LD01', text: '楼道灯不亮' } as const;
      return phone.engine.save([ticketDraft(placeInGrid(EAST.id, EAST.grid), words)]);
    },
    async setGrids(volunteer) {
      const roles = { ...NO_ROLES, volunteer };
      expect((await world.admin.ask('PATCH', `/api/members/${phone.memberId}`, { roles })).status).toBe(200);
    },
  };
}
