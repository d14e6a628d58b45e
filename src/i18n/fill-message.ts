/** Puts `{name}` parameters into a message; used where vue-i18n is not, on the server. */
export const fillMessage = (message: string, params: Readonly<Record<string, string | number>> = {}): string =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
