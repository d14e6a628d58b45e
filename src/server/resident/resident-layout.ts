import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ResidentAssets } from './resident-assets.ts';
import { residentWords as words } from './resident-words.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What every page of a resident is given. */
export interface PageFrame {
  assets: ResidentAssets;
  officeName: string;
  /** 长辈版: larger text and targets, higher contrast; kept in a cookie, so that it needs no script. */
  elder: boolean;
  /** Where the switch of the mode leads back to. */
  path: string;
}

export const residentLayout = (frame: PageFrame, title: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="zh-CN" data-mode="${frame.elder ? 'elder' : 'standard'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${frame.officeName}</title>
        <link rel="icon" href="/icons/icon-32.png" sizes="32x32" type="image/png" />
        ${frame.assets.styles.map((href) => html`<link rel="stylesheet" href="${href}" />`)}
        ${frame.assets.scripts.map((src) => html`<script type="module" src="${src}"></script>`)}
      </head>
      <body>
        <header class="top">
          <p class="office">${frame.officeName}</p>
          <a class="mode" href="${frame.path}?elder=${frame.elder ? '0' : '1'}"
            >${frame.elder ? words.elderOff : words.elderOn}</a
          >
        </header>
        <main>${body}</main>
      </body>
    </html>`;
