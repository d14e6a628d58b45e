import { types } from 'node:util';

/**
 * What a store does to a value on its way in and out. Nearly all of it is plain data, which is copied here several times
 * quicker; anything else goes to `structuredClone`, and fails there as it would in a browser.
 */
export function plainClone<T>(value: T): T {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' || typeof value === 'symbol' ? structuredClone(value) : value;
  }
  // What a screen watches is one, and no store takes it.
  if (types.isProxy(value)) return structuredClone(value);
  if (Array.isArray(value)) return value.map(plainClone) as T;
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = plainClone((value as Record<string, unknown>)[key]);
  return copy as T;
}
