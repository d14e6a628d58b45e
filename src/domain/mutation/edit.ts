import * as v from 'valibot';

/** An edit names what it changes from, so that two people's edits can meet (design §5.8). */
export const editOf = <S extends v.GenericSchema>(value: S) => v.strictObject({ from: value, to: value });
