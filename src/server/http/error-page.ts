import { html } from 'hono/html';
import common from '../../i18n/zh-CN/common.json' with { type: 'json' };
import words from '../../i18n/zh-CN/error.json' with { type: 'json' };
import type { ErrorCode } from '../../protocol/error-code.ts';

/** For a person who opened an address that leads nowhere. No style: it has to work when nothing else does. */
export const errorPage = (code: ErrorCode) =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${common.appName}</title>
        <link rel="icon" href="/icons/icon-32.png" sizes="32x32" type="image/png" />
      </head>
      <body>
        <main>
          <h1>${common.appName}</h1>
          <p>${words[code]}</p>
          <p><a href="/">${common.nav.home}</a></p>
        </main>
      </body>
    </html>`;
