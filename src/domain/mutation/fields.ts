import * as v from 'valibot';

/** Ids are UUIDs made on the device, or derived (UUIDv5). */
export const idField = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));

const noControl = v.check<string, string>(
  // Tabs and line breaks are fine in what people write; other control characters are not.
  // eslint-disable-next-line no-control-regex
  (value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(value),
  'control character',
);

/** Text that a person wrote and must not be empty. */
export const textField = (max: number) => v.pipe(v.string(), noControl, v.trim(), v.minLength(1), v.maxLength(max));

/** Text that may be empty. */
export const optionalTextField = (max: number) => v.pipe(v.string(), noControl, v.trim(), v.maxLength(max));

/** Catalogue code, e.g. LD01. */
export const itemField = v.pipe(v.string(), v.regex(/^[A-Z]{2}\d{2}$/));

/** YYYY-MM-DD */
export const dayField = v.pipe(v.string(), v.isoDate());
