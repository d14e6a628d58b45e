import { v7 } from 'uuid';
import type { Ids } from '../../sync/device-port.ts';

export const browserIds: Ids = {
  record: () => v7(),
  /** Of the time as well: the server's index of what it has settled then grows at its end. */
  mutation: () => v7(),
  random: () => Math.random(),
};
