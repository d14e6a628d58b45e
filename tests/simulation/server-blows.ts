import type { Strike } from './blows.ts';
import { SERVER_FAULTS } from './server-faults.ts';

const MINUTE = 60_000;
const TWO_DAYS = 2 * 24 * 60 * MINUTE;

/** What may befall the server besides being killed between two requests, and being put back. */
export const serverStrikes = {
  /** For a while its database is busy or its disk full, or the process ends in the midst of a transaction. */
  serverFails({ server, time }, _device, prng) {
    const fault = prng.pick(SERVER_FAULTS) ?? 'serverBusy';
    let isOver = false;
    server.failing = () => {
      if (isOver || !prng.chance(0.6)) return null;
      isOver = fault === 'serverKilledInside';
      return fault;
    };
    time.after(1_000 + prng.int(MINUTE), () => {
      isOver = true;
    });
  },
  serverClock({ usable, hit, server }, _device, prng) {
    for (const each of usable()) hit('serverClockJump', each);
    server.setClock(Math.floor((prng.next() * 2 - 1) * TWO_DAYS));
  },
} satisfies Record<string, Strike>;
