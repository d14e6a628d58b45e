import type { SyncStatus } from '../../sync/engine-api.ts';

export interface SyncLook {
  words:
    | 'attention'
    | 'revoked'
    | 'signedOut'
    | 'otherMember'
    | 'offline'
    | 'offlineWaiting'
    | 'waiting'
    | 'media'
    | 'mediaMixed'
    | 'first'
    | 'syncing'
    | 'done';
  tone: 'good' | 'info' | 'warn' | 'alarm';
  icon: string;
  count: number;
  /** Where a tap leads: to what can be done about it. */
  to: string;
}

/** What matters most is said first; the counter never says less than what waits. */
export function syncLook(status: SyncStatus): SyncLook {
  const { phase, waiting, attention, firstSync } = status;
  const say = (words: SyncLook['words'], tone: SyncLook['tone'], icon: string, count = waiting, to = '/records') => ({
    words,
    tone,
    icon,
    count,
    to,
  });
  const mediaWords = (status.media?.sounds ?? 0) > 0 ? 'mediaMixed' : 'media';
  if (phase === 'revoked') return say('revoked', 'alarm', 'lock');
  if (phase === 'signedOut') return say('signedOut', 'alarm', 'lock', waiting, '/signin');
  if (phase === 'otherMember') return say('otherMember', 'alarm', 'lock', waiting, '/signin');
  if (attention > 0) return say('attention', 'alarm', 'alert', attention, '/attention');
  if (firstSync) return say('first', 'info', 'sync', firstSync.rows);
  if (phase === 'offline' && waiting === 0 && status.media)
    return say(mediaWords, 'warn', 'offline', status.media.waiting);
  if (phase === 'offline')
    return waiting > 0 ? say('offlineWaiting', 'warn', 'offline') : say('offline', 'warn', 'offline');
  if (waiting > 0) return say('waiting', 'info', phase === 'syncing' ? 'sync' : 'upload');
  if (status.media) return say(mediaWords, 'info', 'photo', status.media.waiting);
  return phase === 'syncing' ? say('syncing', 'info', 'sync') : say('done', 'good', 'delivered');
}
