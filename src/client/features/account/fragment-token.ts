/** The token behind the # of a link: it never reaches a server's log. `#token` and `#token=…` are both read. */
export const fragmentToken = (hash: string): string => decodeURIComponent(hash.replace(/^#(?:token=)?/, '')).trim();
