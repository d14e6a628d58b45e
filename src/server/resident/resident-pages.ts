import { html } from 'hono/html';
import { fillMessage } from '../../i18n/fill-message.ts';
import { matterSection, type FormState } from './matter-section.ts';
import { residentLayout, type Html, type PageFrame } from './resident-layout.ts';
import type { FoundSlip } from './slip-lookup.ts';
import { residentWords as words } from './resident-words.ts';

export interface Telephone {
  name: string;
  phone: string;
}

const callCell = ({ name, phone }: Telephone): Html =>
  phone === ''
    ? html``
    : html`<a class="call" href="tel:${phone.replaceAll(/[^\d+]/g, '')}">
        <span>${fillMessage(words.call, { name })}</span> <span class="number">${phone}</span>
      </a>`;

/** The page behind /r: one field. `typed` and `wrong` where a code was mistyped. */
export const enterPage = (frame: PageFrame, typed = '', wrong = false): Html =>
  residentLayout(
    frame,
    words.page,
    html`<h1>${words.enter.title}</h1>
      <p class="lead">${words.enter.lead}</p>
      <form method="post" action="/r" class="enter">
        <div class="field">
          <label for="code">${words.enter.label}</label>
          <p id="code-hint" class="hint">${words.enter.hint}</p>
          ${wrong ? html`<p id="code-error" class="error" role="alert">${words.enter.wrong}</p>` : html``}
          <input
            id="code"
            name="code"
            value="${typed}"
            required
            maxlength="20"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            aria-describedby="code-hint${wrong ? ' code-error' : ''}"
            ${wrong ? html`aria-invalid="true"` : html``}
          />
        </div>
        <button type="submit">${words.enter.button}</button>
      </form>`,
  );

/** The same for every code that is not here, whatever the reason. */
export const unknownPage = (frame: PageFrame, office: Telephone): Html =>
  residentLayout(
    frame,
    words.unknown.title,
    html`<h1>${words.unknown.title}</h1>
      <p class="lead">${words.unknown.text}</p>
      <p class="actions">
        <a class="button" href="${frame.path}">${words.unknown.again}</a>
        <a class="quiet" href="/r">${words.unknown.other}</a>
      </p>
      ${callCell(office)}`,
  );

/** Only says something, with a telephone to turn to. */
export const messagePage = (frame: PageFrame, title: string, text: string, office: Telephone): Html =>
  residentLayout(
    frame,
    title,
    html`<h1>${title}</h1>
      <p class="lead">${text}</p>
      ${callCell(office)}`,
  );

/** Everything on one slip. */
export const slipPage = (
  frame: PageFrame,
  found: FoundSlip,
  form: FormState,
  mids: (ticketId: string, action: string) => string,
): Html =>
  residentLayout(
    frame,
    words.page,
    html`<h1>${words.page}</h1>
      ${form.done === null ? html`` : html`<p class="done" role="status">${words.done[form.done]}</p>`}
      ${
        found.matters.length > 1
          ? html`<p class="count">${fillMessage(words.count, { count: found.matters.length })}</p>`
          : html``
      }
      ${found.matters.map((matter) => matterSection(found, matter, form, mids))} ${callCell(found.community)}
      <p class="code">${fillMessage(words.code, { code: found.shownCode })}</p>`,
  );
