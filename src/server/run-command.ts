import process from 'node:process';
import { readConfig, type Config } from './config.ts';
import { ConsoleFault } from './console-fault.ts';
import { explainStartFault } from './explain-start-fault.ts';

/** Runs a command over the office that the surroundings name; what a person can put right is told in a sentence. */
export async function runCommand(work: (config: Config) => Promise<void>): Promise<void> {
  let config: Config | null = null;
  try {
    config = readConfig(process.env);
    await work(config);
  } catch (error) {
    const sentence = error instanceof ConsoleFault ? error.message : explainStartFault(error, config);
    if (!sentence) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 1;
  }
}
