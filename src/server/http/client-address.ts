import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { isIP, isIPv6, type BlockList } from 'node:net';
import type { Config } from '../config.ts';

/**
 * The address that a limit is counted by. X-Forwarded-For is believed only from a trusted proxy, and then from its
 * right end: the first address that is not itself a trusted proxy. Never logged.
 *
 * Whoever has one address of IPv6 has a whole /64 of them, and could be a stranger with each request: they are one.
 */
export function clientAddress({ trustedProxy }: Pick<Config, 'trustedProxy'>, c: Context): string {
  let address = plain(remoteAddress(c));
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((entry) => plain(entry.trim()));
  while (trustedProxy && isTrusted(trustedProxy, address)) {
    const next = forwarded.pop();
    if (!next || !isIP(next)) break;
    address = next;
  }
  return networkOf(address);
}

function remoteAddress(c: Context): string {
  // A request that came through no socket, as in a test, has no connection to ask.
  return c.env && 'incoming' in (c.env as object) ? (getConnInfo(c).remote.address ?? '') : '';
}

const isTrusted = (list: BlockList, address: string): boolean =>
  isIP(address) > 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/** `::ffff:10.0.0.1` is 10.0.0.1. */
const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;

function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groupsOf = (part = ''): string[] => (part === '' ? [] : part.split(':'));
  const [head, tail] = address.split('::').map(groupsOf);
  const missing = GROUPS - (head?.length ?? 0) - (tail?.length ?? 0);
  const groups = [...(head ?? []), ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  const network = groups.slice(0, GROUPS_OF_NETWORK).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
