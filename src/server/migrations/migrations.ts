import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';
import { recordHome } from './0002-record-home.ts';
import { photos } from './0003-photos.ts';
import { contentDigest } from './0004-content-digest.ts';
import { onePath } from './0005-one-path.ts';
import { lostDevices } from './0006-lost-devices.ts';
import { receiptsBySeq } from './0007-receipts-by-seq.ts';
import { oneHistory } from './0008-one-history.ts';
import { waitingMedia } from './0009-waiting-media.ts';
import { clearedDevices } from './0010-cleared-devices.ts';
import { reopenedHeld } from './0011-reopened-held.ts';
import { photoBringers } from './0012-photo-bringers.ts';
import { tombstonesByAge } from './0013-tombstones-by-age.ts';
import { officeName } from './0014-office-name.ts';
import { heldLetGo } from './0015-held-let-go.ts';
import { gridsOnPhones } from './0016-grids-on-phones.ts';

/** In order of their names; a released one is never changed. */
export const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
  '0002-record-home': recordHome,
  '0003-photos': photos,
  '0004-content-digest': contentDigest,
  '0005-one-path': onePath,
  '0006-lost-devices': lostDevices,
  '0007-receipts-by-seq': receiptsBySeq,
  '0008-one-history': oneHistory,
  '0009-waiting-media': waitingMedia,
  '0010-cleared-devices': clearedDevices,
  '0011-reopened-held': reopenedHeld,
  '0012-photo-bringers': photoBringers,
  '0013-tombstones-by-age': tombstonesByAge,
  '0014-office-name': officeName,
  '0015-held-let-go': heldLetGo,
  '0016-grids-on-phones': gridsOnPhones,
};
