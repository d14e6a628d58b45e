/** Of a page that does not come, or is not to be seen, nothing is painted. */
const LONGEST_MS = 1000;

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves when the page that is coming has been painted, or has taken its time. */
export async function painted(page: Promise<unknown>): Promise<void> {
  let timer: number | undefined;
  const late = new Promise<void>((resolve) => {
    timer = window.setTimeout(resolve, LONGEST_MS);
  });
  // One that fails has nothing to show, and whoever sends it says so.
  const shown = page
    .catch(() => undefined)
    .then(frame)
    .then(frame);
  await Promise.race([shown, late]);
  clearTimeout(timer);
}
