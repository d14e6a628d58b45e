import { v4, v7 } from 'uuid';
import type { Ids } from '../../sync/ports.ts';

export const browserIds: Ids = {
  record: () => v7(),
  mutation: () => v4(),
  random: () => Math.random(),
};
