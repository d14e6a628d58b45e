import { formatDayTime } from './shanghai-time.ts';

type Params = Readonly<Record<string, string | number>>;

/**
 * The data of a refusal or a notice as words for its sentence: `at` as people read a time, `state` and
 * `satisfaction` by their names. `word` looks up a message: vue-i18n's `t` in the client.
 */
export function messageParams(data: Params, word: (key: string) => string): Record<string, string | number> {
  const params: Record<string, string | number> = { ...data };
  if (typeof data['at'] === 'number') params['at'] = formatDayTime(data['at']);
  if (typeof data['state'] === 'string') params['state'] = word(`ticket.state.any.${data['state']}`);
  if (typeof data['satisfaction'] === 'string' && data['satisfaction'] !== '')
    params['satisfaction'] = word(`ticket.satisfaction.${data['satisfaction']}`);
  return params;
}

/** The key of a notice's sentence; a confirmation without a rating has a sentence of its own. */
export const noticeKey = (type: string, params: Params): string =>
  type === 'wishConfirmed' && !params['satisfaction'] ? 'notice.wishConfirmedUnrated' : `notice.${type}`;
