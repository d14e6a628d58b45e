import type { Check } from './check.ts';

/** A table for the console, and below it what to do where something is wrong. */
export function printChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const rows = checks.map(
    ({ name, looked, faults, note = 'sound' }) =>
      `${name.padEnd(width)}  ${String(looked).padStart(9)}  ${faults === 0 ? note : `${faults} wrong`}`,
  );
  const told = checks
    .filter(({ faults }) => faults > 0)
    .map(({ name, faults, examples, advice }) => {
      const more = faults > examples.length ? [`  … and ${faults - examples.length} more`] : [];
      return ['', `${name}: ${advice}`, ...examples.map((example) => `  ${example}`), ...more].join('\n');
    });
  return [`${'what'.padEnd(width)}  ${'looked at'.padStart(9)}`, ...rows, ...told].join('\n');
}

export const faultsOf = (checks: readonly Check[]): number => checks.reduce((sum, { faults }) => sum + faults, 0);
