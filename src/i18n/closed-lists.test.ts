import { describe, expect, test } from 'vitest';
import type { CardState } from '../domain/card/card.ts';
import type { Tier } from '../domain/catalogue/catalogue.ts';
import type { ClaimState } from '../domain/claim/claim-view.ts';
import { CONSENT_VERSION } from '../domain/consent/consent.ts';
import { REFUSAL_CODES } from '../domain/mutation/refusal.ts';
import type { NoticeType } from '../domain/notice/notice.ts';
import type {
  Outcome,
  Satisfaction,
  TicketKind,
  TicketState,
  TimelineAction,
  TimelineEntry,
} from '../domain/ticket/ticket.ts';
import { ERROR_CODES } from '../protocol/error-code.ts';
import claims from './zh-CN/claims.json' with { type: 'json' };
import consent from './zh-CN/consent.json' with { type: 'json' };
import error from './zh-CN/error.json' with { type: 'json' };
import notice from './zh-CN/notice.json' with { type: 'json' };
import refusal from './zh-CN/refusal.json' with { type: 'json' };
import term from './zh-CN/term.json' with { type: 'json' };
import ticket from './zh-CN/ticket.json' with { type: 'json' };

/**
 * Lists that exist only as types are checked by the compiler: a member without its words makes the assignment
 * an error of the type check. Lists that exist at run time are checked below as well, in both directions.
 */
const words: {
  ticketStates: Record<TicketKind, Record<TicketState, string>>;
  anyStates: Record<TicketState | CardState | ClaimState, string>;
  closedAs: Record<TicketKind, Record<Outcome, string>>;
  actions: Record<TimelineAction, string>;
  outcomes: Record<Outcome, string>;
  satisfactions: Record<Satisfaction, string>;
  tiers: Record<Tier, string>;
  tierNotes: Record<Tier, string>;
  kinds: Record<TicketKind, string>;
  roles: Record<TimelineEntry['byRole'], string>;
  claimStates: Record<ClaimState, string>;
  notices: Record<NoticeType, string>;
  noticeTitles: Record<NoticeType, string>;
} = {
  ticketStates: ticket.state,
  anyStates: ticket.state.any,
  closedAs: ticket.closed,
  actions: ticket.action,
  outcomes: ticket.outcome,
  satisfactions: ticket.satisfaction,
  tiers: ticket.tier,
  tierNotes: term.tierNote,
  kinds: ticket.kind,
  roles: ticket.byRole,
  claimStates: claims.state,
  notices: notice,
  noticeTitles: notice.title,
};

/** Every message of a room with its path. */
function messagesOf(node: object, path = ''): [path: string, message: string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? messagesOf(value, `${path}${key}.`)
      : [[`${path}${key}`, String(value)] as [string, string]],
  );
}

const paramsOf = (message: string): string[] => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');

describe('every closed list has its words', () => {
  test('refusals: a sentence for each code and none besides', () => {
    expect(Object.keys(refusal).sort()).toEqual([...REFUSAL_CODES].sort());
  });

  test('errors: a sentence for each code, and for what the client meets alone', () => {
    expect(Object.keys(error).sort()).toEqual(
      [...Object.keys(ERROR_CODES), 'offline', 'not_doorstep', 'storage', 'draft', 'local', 'quota'].sort(),
    );
  });

  test('no message is empty, and each is something that vue-i18n reads as it stands', () => {
    for (const [path, message] of messagesOf({ refusal, error, consent, ...words })) {
      expect(message, path).not.toBe('');
      expect(message.replace(/\{\w+\}/g, ''), path).not.toMatch(/[@|{}]/);
    }
  });

  test('two states of one kind never read the same', () => {
    for (const states of [ticket.state.issue, ticket.state.wish, claims.state])
      expect(new Set(Object.values(states)).size).toBe(Object.keys(states).length);
  });
});

describe('sentences', () => {
  test('say more than 操作失败, and end', () => {
    for (const [path, message] of messagesOf({ refusal, error })) {
      expect(message, path).not.toContain('操作失败');
      expect(message, path).toMatch(/。$/);
      expect(message.length, path).toBeGreaterThan(12);
    }
  });

  test('take no parameter that the refusal does not carry', () => {
    const carried: Record<string, string[]> = {
      state: ['state'],
      claimTaken: ['winnerName', 'at'],
      claimLimit: ['limit'],
      photosFull: ['limit'],
      soundsFull: ['limit'],
    };
    for (const [code, message] of Object.entries(refusal)) expect(paramsOf(message), code).toEqual(carried[code] ?? []);
  });
});

describe('the consent notice', () => {
  test('has the version that consents are recorded under', () => {
    expect(Object.keys(consent.versions)).toContain(CONSENT_VERSION);
  });

  test('says who, what for, which data, how long and which rights, and names who receives a published wish', () => {
    const text = consent.versions[CONSENT_VERSION];
    expect(text.who).toContain('{office}');
    expect(text.purpose).not.toBe('');
    expect(text.kinds).toContain('电话');
    expect(text.retention).toContain('期限');
    for (const right of ['记了什么', '更正', '收回同意']) expect(text.rights).toContain(right);
    expect(text.publish).toContain('认领的党员或单位');
    expect(text.sensitive).toContain('单独');
    expect(text.minor).toContain('监护人');
  });
});
