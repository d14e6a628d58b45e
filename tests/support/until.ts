import { expect } from 'vitest';

const PATIENCE_MS = 30_000;

/** Waits until something has come; fails, and says what did not come, where it never does. */
export async function until(come: () => Promise<boolean> | boolean, what: string): Promise<void> {
  await expect.poll(come, { timeout: PATIENCE_MS, interval: 10, message: `never came: ${what}` }).toBe(true);
}
