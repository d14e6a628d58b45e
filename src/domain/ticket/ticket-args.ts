import * as v from 'valibot';
import { TIERS } from '../catalogue/catalogue.ts';
import { consentSchema } from '../consent/consent.ts';
import { editOf } from '../mutation/edit.ts';
import { dayField, idField, itemField, optionalTextField, textField } from '../mutation/fields.ts';
import { placeSchema } from '../place/place.ts';

export const TEXT_MAX = 2000;
export const REASON_MAX = 500;
export const CARD_TEXT_MAX = 200;

const ticketKind = v.picklist(['issue', 'wish']);
export const outcome = v.picklist(['solved', 'partlySolved', 'notSolvable']);
export const satisfaction = v.picklist(['satisfied', 'fairlySatisfied', 'dissatisfied']);
export const tier = v.picklist(TIERS);

export const ticketLogArgs = v.strictObject({
  id: idField,
  kind: ticketKind,
  item: itemField,
  itemVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  text: textField(TEXT_MAX),
  urgent: v.boolean(),
  place: placeSchema,
  visitId: v.nullable(idField),
  slipId: v.nullable(idField),
  contactId: v.nullable(idField),
  consent: consentSchema,
});

export const ticketAmendArgs = v.strictObject({
  id: idField,
  text: v.optional(editOf(textField(TEXT_MAX))),
  item: v.optional(editOf(itemField)),
  urgent: v.optional(editOf(v.boolean())),
});

export const ticketIdArgs = v.strictObject({ id: idField });
export const ticketReasonArgs = v.strictObject({ id: idField, reason: textField(REASON_MAX) });
export const ticketAcceptArgs = v.strictObject({ id: idField, tier: v.nullable(tier) });
export const ticketMergeArgs = v.strictObject({ id: idField, into: idField });
export const ticketPublishArgs = v.strictObject({
  id: idField,
  cardText: textField(CARD_TEXT_MAX),
  public: v.boolean(),
});
export const ticketDispatchArgs = v.strictObject({
  id: idField,
  leadUnit: textField(60),
  jointUnits: v.pipe(v.array(textField(60)), v.maxLength(10)),
  note: optionalTextField(REASON_MAX),
});
export const ticketStartArgs = v.strictObject({ id: idField, note: optionalTextField(REASON_MAX) });
export const ticketProgressArgs = v.strictObject({ id: idField, text: textField(TEXT_MAX), open: v.boolean() });
/** The result may be empty where a photo shows it; else it is told as missing, by the policy. */
export const ticketResolveArgs = v.strictObject({ id: idField, outcome, result: optionalTextField(TEXT_MAX) });
export const ticketFollowUpArgs = v.strictObject({ id: idField, satisfaction, note: optionalTextField(REASON_MAX) });
export const ticketSuspendArgs = v.strictObject({ id: idField, reason: textField(REASON_MAX), reviewOn: dayField });

/** The resident's own: through the slip's code and digits, actor kind `resident`. */
export const ticketConfirmArgs = v.strictObject({ id: idField, satisfaction: v.nullable(satisfaction) });
export const ticketRateArgs = v.strictObject({ id: idField, satisfaction, text: optionalTextField(REASON_MAX) });
export const ticketAddArgs = v.strictObject({ id: idField, text: textField(REASON_MAX) });
