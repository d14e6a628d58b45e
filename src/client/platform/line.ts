/** What a browser knows of its line, in a page and in a worker; Safari and Firefox say nothing. */
interface Line extends EventTarget {
  type?: string;
}

const PAID: readonly string[] = ['cellular', 'wimax'];

export const line = (): Line | undefined => (navigator as NavigatorID & { connection?: Line }).connection;

/** Where it is false nothing waits for Wi-Fi, whatever was chosen: the page in 我的 says so. */
export const knowsWifi = (): boolean => line()?.type !== undefined;

export const isPaidLine = (): boolean => PAID.includes(line()?.type ?? '');
