const EVERY_MS = 60_000;

/**
 * Begins a round every minute, and none while the last is under way. The work never throws. Returns a function that
 * ends it and waits for the round under way.
 */
export function everyMinute(work: () => Promise<void>): () => Promise<void> {
  let round: Promise<void> | null = null;
  const timer = setInterval(() => {
    round ??= work().finally(() => {
      round = null;
    });
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await round;
  };
}
