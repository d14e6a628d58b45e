/**
 * Why a mutation was refused. Closed list; a refusal reaches its author as a receipt `rejected`
 * with the code and `data` for the sentence, and the author can correct and send again.
 * The texts are in i18n under `refusal.<code>`.
 */
export const REFUSAL_CODES = [
  'invalid', // the args do not fit the schema, or contradict each other
  'forbidden', // the actor's roles do not allow it
  'noAccess', // the actor may not write to this space (any more)
  'notFound', // the record is not there
  'exists', // an id is taken by something else
  'state', // the state machine has no such step: data.state
  'claimTaken', // someone else came first: data.winnerName, data.at
  'claimLimit', // too many open claims: data.limit
  'consentMissing', // publishing needs the resident's consent
  'sensitivePublic', // a sensitive item never goes to the open wall
  'itemUnknown', // no such item in any published catalogue
  'kindNotAllowed', // the item takes the other kind
  'resultMissing', // resolved needs a written result or a photo of it
  'selfFollowUp', // the follow-up is asked by someone other than the handler
  'wrongPlace', // the place does not belong to this grid
  'photosFull', // no more photos here: data.limit
  'soundsFull', // no more voice notes here: data.limit
  'inUse', // a layout part cannot go while something stands on it
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly data: Readonly<Record<string, string | number>>;

  constructor(code: RefusalCode, data: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

/** Refuses unless the condition holds. */
export function refuseUnless(
  condition: unknown,
  code: RefusalCode,
  data: Readonly<Record<string, string | number>> = {},
): asserts condition {
  if (!condition) throw new Refusal(code, data);
}
