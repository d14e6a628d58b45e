/** Named values, as the args of a mutation are; of another version or kind than ours they may be anything. */
export const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
