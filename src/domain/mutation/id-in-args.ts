/** The id that args name, which may be of any shape; empty where they name none. */
export const idInArgs = (args: unknown): string =>
  typeof args === 'object' && args !== null && 'id' in args && typeof args.id === 'string' ? args.id.slice(0, 64) : '';
