import * as v from 'valibot';
import type { Catalogue, CatalogueItem } from '../catalogue/catalogue.ts';
import { itemField, optionalTextField, textField } from '../mutation/fields.ts';
import { tier } from '../ticket/ticket-args.ts';

const words = (max: number) => v.pipe(v.array(optionalTextField(max)), v.maxLength(40));

const itemSchema: v.GenericSchema<unknown, CatalogueItem> = v.strictObject({
  code: itemField,
  name: textField(60),
  nameEn: optionalTextField(120),
  kind: v.picklist(['issue', 'wish', 'both']),
  tier,
  leadUnit: textField(60),
  sensitive: v.boolean(),
  disabled: v.boolean(),
  sayings: words(60),
  pinyin: optionalTextField(400),
  initials: optionalTextField(60),
  sayingsPinyin: words(400),
  cardText: optionalTextField(200),
});

const catalogueSchema: v.GenericSchema<unknown, Catalogue> = v.strictObject({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  classes: v.pipe(
    v.array(
      v.strictObject({
        code: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
        name: textField(60),
        nameEn: optionalTextField(120),
        leadUnit: textField(60),
        pinyin: optionalTextField(400),
        items: v.pipe(v.array(itemSchema), v.maxLength(100)),
      }),
    ),
    v.maxLength(60),
  ),
});

/** A whole version; the record's id is `v<version>`. */
export const cataloguePublishArgs = v.strictObject({ catalogue: catalogueSchema });
