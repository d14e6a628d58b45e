import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { clientAddress } from './client-address.ts';

async function addressOf(remoteAddress: string, forwarded: string | null, trusted: string): Promise<string> {
  const config = readConfig({ TRUSTED_PROXY: trusted });
  const app = new Hono().get('/', (c) => c.text(clientAddress(config, c)));
  const headers = new Headers(forwarded === null ? {} : { 'x-forwarded-for': forwarded });
  const env = { incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' } } };
  return (await app.request('/', { headers }, env)).text();
}

test.each([
  ['nobody is trusted: the header is not believed', '203.0.113.5', '1.1.1.1', '', '203.0.113.5'],
  ['the proxy is trusted: what it says', '127.0.0.1', '203.0.113.5', '127.0.0.1', '203.0.113.5'],
  ['a stranger pretends to be a proxy', '203.0.113.5', '1.1.1.1', '127.0.0.1', '203.0.113.5'],
  ['what the client wrote itself stands left', '127.0.0.1', '1.1.1.1, 203.0.113.5', '127.0.0.1', '203.0.113.5'],
  ['two proxies', '127.0.0.1', '203.0.113.5, 10.0.0.9', '127.0.0.1,10.0.0.0/8', '203.0.113.5'],
  ['an address in the dress of IPv6', '::ffff:127.0.0.1', '203.0.113.5', '127.0.0.1', '203.0.113.5'],
  ['one of IPv6: all of its network are one', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', null, '', '2001:db8:1:2::/64'],
  ['another of that network', '2001:DB8:1:2::1', null, '', '2001:db8:1:2::/64'],
  ['one of a network with zeros in it', '2001:db8::1', null, '', '2001:db8:0:0::/64'],
  ['one of IPv6 behind two proxies', '::1', '2001:db8:1:2::1, fd00::9', '::1,fd00::/8', '2001:db8:1:2::/64'],
  ['no header', '127.0.0.1', null, '127.0.0.1', '127.0.0.1'],
  ['a header that is no address', '127.0.0.1', 'nonsense', '127.0.0.1', '127.0.0.1'],
])('%s', async (_what, remote, forwarded, trusted, expected) => {
  expect(await addressOf(remote, forwarded, trusted)).toBe(expected);
});

test('a request without a socket has no address', async () => {
  const app = new Hono().get('/', (c) => c.text(`[${clientAddress(readConfig({}), c)}]`));

  expect(await (await app.request('/')).text()).toBe('[]');
});
