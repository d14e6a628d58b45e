/** Addresses that the server answers itself: the resident's pages, the API, health. */
export const NOT_THE_APP: readonly RegExp[] = [/^\/r(?:\/|$)/, /^\/api(?:\/|$)/, /^\/healthz$/];
