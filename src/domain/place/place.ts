import * as v from 'valibot';
import { parse } from 'uuid';
import { uuidOfName } from './uuid-of-name.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/**
 * Where a matter is: the ids of the layout as deep as they are known, and the label as people say it.
 * A matter without a building belongs to the grid and has `gridId` alone.
 */
export const placeSchema = v.strictObject({
  communityId: id,
  gridId: id,
  estateId: v.nullable(id),
  buildingId: v.nullable(id),
  entranceId: v.nullable(id),
  floorId: v.nullable(id),
  roomId: v.nullable(id),
  /** 凤凰苑; shown on the wall unless the item is sensitive. Empty where there is no estate. */
  estateName: v.pipe(v.string(), v.maxLength(60)),
  /** 凤凰苑 3幢 2单元 302, as far as known. */
  label: v.pipe(v.string(), v.maxLength(120)),
});

export type Place = v.InferOutput<typeof placeSchema>;

/** Namespace of every id that is derived from another. */
const DERIVED_NAMESPACE = parse('6f1c3a5e-8d2b-5c47-9e10-2b7d4a9c6f31');

/** The same parts make the same id on every phone and on the server. */
export const derivedId = (...parts: readonly string[]): string => uuidOfName(parts.join('/'), DERIVED_NAMESPACE);

/** Two phones that meet the same door make one household. */
export const householdIdOf = (roomId: string): string => derivedId('household', roomId);
