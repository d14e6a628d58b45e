/** Addresses that the server answers itself: the resident's pages, the API, health. */
export const NOT_THE_APP: readonly RegExp[] = [/^\/r(?:\/|$)/, /^\/api(?:\/|$)/, /^\/healthz$/];

/** The same where a browser can be told beforehand, as patterns of a path: it then wakes no worker for them. */
export const PAST_THE_WORKER: readonly string[] = ['/r', '/r/*', '/api', '/api/*', '/healthz'];
