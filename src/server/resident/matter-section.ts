import { html } from 'hono/html';
import { fillMessage } from '../../i18n/fill-message.ts';
import type { ResidentAction } from './resident-action.ts';
import type { Html } from './resident-layout.ts';
import type { FoundMatter, FoundSlip } from './slip-lookup.ts';
import { shownMedia } from './shown-media.ts';
import { residentWords as words } from './resident-words.ts';

/** What came of the last form: nothing yet, done, or an error beside what was typed. */
export interface FormState {
  done: ResidentAction | null;
  error: { ticketId: string; action: ResidentAction; message: string } | null;
  typed: { text: string; satisfaction: string };
}

export const EMPTY_FORM: FormState = { done: null, error: null, typed: { text: '', satisfaction: '' } };

type Mids = (ticketId: string, action: string) => string;

export const matterSection = (found: FoundSlip, one: FoundMatter, form: FormState, mids: Mids): Html => {
  const { matter } = one;
  return html`<section class="matter" id="t-${matter.ticketId}" aria-labelledby="h-${matter.ticketId}">
    <p class="what">${matter.kindName} · ${matter.itemName} · ${matter.loggedOn}</p>
    <h2 id="h-${matter.ticketId}"><span class="now">${words.now}</span> ${matter.state}</h2>
    ${strayError(one, form)}
    ${matter.reason === '' ? html`` : html`<p class="said"><strong>${words.reason}</strong>${matter.reason}</p>`}
    ${
      matter.result === '' && matter.outcome === ''
        ? html``
        : html`<p class="said">
            <strong>${words.result}</strong>${matter.outcome === '' ? '' : `${matter.outcome}。`}${matter.result}
          </p>`
    }
    ${shownMedia(found.code, one.shown)}
    <div class="next">
      <p><strong>${words.next}</strong>${matter.next}</p>
      ${matter.due.text === '' ? html`` : html`<p class="${matter.due.late ? 'late' : 'due'}">${matter.due.text}</p>`}
    </div>
    ${
      matter.satisfaction === null
        ? html``
        : html`<p class="rated">${fillMessage(words.act.rated, { satisfaction: words.act[matter.satisfaction] })}</p>`
    }
    ${one.actions.map((action) => actionForm(found, one, action, form, mids))}
    <details>
      <summary>${words.history}</summary>
      <ol class="history">
        ${matter.history.map(
          (entry) =>
            html`<li>
              <p class="when">${entry.when}</p>
              <p class="did">${entry.what}</p>
              ${entry.text === '' ? html`` : html`<p class="text">${entry.text}</p>`}
            </li>`,
        )}
      </ol>
    </details>
    <p class="updated">${matter.updated}</p>
  </section>`;
};

/** The matter has moved on and the form that was sent is not offered any more: what went wrong still has to be said. */
const strayError = (one: FoundMatter, form: FormState): Html =>
  form.error !== null && form.error.ticketId === one.matter.ticketId && !one.actions.includes(form.error.action)
    ? html`<p class="error" role="alert">${form.error.message}</p>`
    : html``;

const TITLES: Record<ResidentAction, { title: string; button: string }> = {
  confirm: { title: words.act.confirmTitle, button: words.act.confirm },
  rate: { title: words.act.rateTitle, button: words.act.rate },
  reopen: { title: words.act.reopenTitle, button: words.act.reopen },
  add: { title: words.act.addTitle, button: words.act.add },
};

const TEXTS: Partial<Record<ResidentAction, string>> = {
  rate: words.act.rateText,
  reopen: words.act.reopenText,
  add: words.act.addText,
};

/** The first thing to do stands open; the others unfold, which works without a script. */
function actionForm(found: FoundSlip, one: FoundMatter, action: ResidentAction, form: FormState, mids: Mids): Html {
  const { ticketId } = one.matter;
  const error =
    form.error !== null && form.error.ticketId === ticketId && form.error.action === action ? form.error.message : '';
  const typed = error === '' ? { text: '', satisfaction: '' } : form.typed;
  const id = `${action}-${ticketId}`;
  const body = html`<form method="post" action="/r/${found.code}/${ticketId}/${action}" class="act">
    <input type="hidden" name="mid" value="${mids(ticketId, action)}" />
    ${error === '' ? html`` : html`<p class="error" role="alert" id="${id}-error">${error}</p>`}
    ${action === 'confirm' || action === 'rate' ? satisfactionChoice(id, TITLES[action].title, typed.satisfaction) : html``}
    ${textField(id, action, typed.text)}
    <div class="field">
      <label for="${id}-digits">${found.proof === 'phone' ? words.act.digitsPhone : words.act.digitsPin}</label>
      <p class="hint" id="${id}-hint">${words.act.digitsHint}</p>
      <input
        id="${id}-digits"
        class="digits"
        name="digits"
        inputmode="numeric"
        pattern="[0-9]{4}"
        maxlength="4"
        required
        autocomplete="off"
        aria-describedby="${id}-hint${error === '' ? '' : ` ${id}-error`}"
      />
    </div>
    <button type="submit" data-busy="${words.act.busy}">${TITLES[action].button}</button>
  </form>`;
  if (action === one.actions[0] && action === 'confirm') return html`<div class="first">${body}</div>`;
  return html`<details class="more" ${error === '' ? html`` : html`open`}>
    <summary>${TITLES[action].title}</summary>
    ${body}
  </details>`;
}

const satisfactionChoice = (id: string, legend: string, chosen: string): Html =>
  html`<fieldset class="choice">
    <legend>${legend}</legend>
    ${(['satisfied', 'fairlySatisfied', 'dissatisfied'] as const).map(
      (value) =>
        html`<label for="${id}-${value}">
          <input
            type="radio"
            id="${id}-${value}"
            name="satisfaction"
            value="${value}"
            required
            ${chosen === value ? html`checked` : html``}
          />
          <span>${words.act[value]}</span>
        </label>`,
    )}
  </fieldset>`;

function textField(id: string, action: ResidentAction, typed: string): Html {
  const label = TEXTS[action];
  if (label === undefined) return html``;
  return html`<div class="field">
    <label for="${id}-text">${label}</label>
    <textarea id="${id}-text" name="text" rows="3" maxlength="500" ${action === 'rate' ? html`` : html`required`}>
${typed}</textarea>
  </div>`;
}
