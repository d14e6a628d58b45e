import * as v from 'valibot';
import { satisfaction } from '../../domain/ticket/ticket-args.ts';
import { residentWords as words } from './resident-words.ts';
import type { ResidentAction } from './resident-action.ts';

const digits = v.pipe(v.string(), v.trim(), v.regex(/^\d{4}$/));
const mid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/));
const text = v.pipe(v.string(), v.trim(), v.maxLength(500));

/** POST /r/{code}/{ticketId}/{action}, as a browser's form sends it. `mid` makes a second press the same press. */
export const residentFormSchemas = {
  confirm: v.object({ mid, digits, satisfaction }),
  rate: v.object({ mid, digits, satisfaction, text: v.optional(text, '') }),
  add: v.object({ mid, digits, text: v.pipe(text, v.minLength(1)) }),
  reopen: v.object({ mid, digits, text: v.pipe(text, v.minLength(1)) }),
} as const;

/** POST /r: a code as somebody typed it. */
export const residentCodeSchema = v.object({ code: v.pipe(v.string(), v.maxLength(40)) });

export type ResidentForm = { mid: string; digits: string; args: Record<string, string | null> } | { message: string };

/** Reads a form, or says in the resident's words which field is amiss. */
export function readResidentForm(action: ResidentAction, body: unknown): ResidentForm {
  const result = v.safeParse(residentFormSchemas[action], body);
  if (!result.success) {
    const fields = new Set(result.issues.map((issue) => String(issue.path?.[0]?.key ?? '')));
    if (fields.has('satisfaction')) return { message: words.error.choose };
    if (fields.has('text')) return { message: tooLong(body) ? words.error.long : words.error.text };
    return { message: words.error.digitsForm };
  }
  const form = result.output;
  const { mid, digits } = form;
  if (action === 'reopen' && 'text' in form) return { mid, digits, args: { reason: form.text } };
  if ('satisfaction' in form && 'text' in form) {
    return { mid, digits, args: { satisfaction: form.satisfaction, text: form.text } };
  }
  if ('satisfaction' in form) return { mid, digits, args: { satisfaction: form.satisfaction } };
  return { mid, digits, args: { text: form.text } };
}

const tooLong = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'text' in body &&
  typeof body.text === 'string' &&
  body.text.length > 500;
