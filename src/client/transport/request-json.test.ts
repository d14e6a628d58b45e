import { expect, test } from 'vitest';
import { requestJson } from './request-json.ts';

test('a large body goes as a Blob, and as text where the one before it got no answer', async () => {
  const sent: BodyInit[] = [];
  let isOnline = true;
  const send: typeof fetch = (_url, init) => {
    sent.push(init!.body!);
    return isOnline ? Promise.resolve(Response.json({})) : Promise.reject(new TypeError('Failed to fetch'));
  };
  const post = (body: unknown): Promise<unknown> => requestJson('POST', '/x', body, 1_000, send);
  const small = { text: '三楼拐角灯不亮' };
  const large = { text: small.text.repeat(10_000) };

  await post(small);
  await post(large);
  isOnline = false;
  await post(large);
  await post(large);
  isOnline = true;
  await post(large);
  await post(large);

  const kinds = sent.map((body) => (body instanceof Blob ? 'blob' : typeof body));
  expect(kinds).toEqual(['string', 'blob', 'blob', 'string', 'blob', 'blob']);
  const texts = await Promise.all(sent.map((body) => new Response(body).text()));
  expect(texts).toEqual([small, large, large, large, large, large].map((body) => JSON.stringify(body)));
});
