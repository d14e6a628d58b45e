/** One thing that must be true of a whole database, and where it is not. */
export interface Check {
  name: string;
  /** How many rows, spaces or files were looked at. */
  looked: number;
  faults: number;
  /** The first few, by their ids alone. */
  examples: string[];
  /** What the person at the console can do about it. */
  advice: string;
  /** What is to be known, and is no fault. */
  note?: string;
}

const EXAMPLES = 5;

export class Finding implements Check {
  readonly name: string;
  readonly advice: string;
  looked = 0;
  faults = 0;
  readonly examples: string[] = [];
  note?: string;

  constructor(name: string, advice: string) {
    this.name = name;
    this.advice = advice;
  }

  fault(where: string): void {
    this.faults += 1;
    if (this.examples.length < EXAMPLES) this.examples.push(where);
  }
}

export const RESTORE_ADVICE =
  'Stop the server, keep its data as it is, restore the last backup elsewhere: phones bring what came after it.';
