import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import process from 'node:process';

const ROOT = join(import.meta.dirname, '../..');

export interface Program {
  pid: number;
  /** Everything that it has said so far. */
  output(): string;
  /** Resolves when its output holds a text, rejects when it ends without. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<number | null>;
  /** Ends it at once, in the middle of whatever it does. */
  kill(signal?: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<number | null>;
}

export interface ProgramOptions {
  env?: Readonly<Record<string, string>>;
  /** What starts it, as `prlimit` with a limit; left out: nothing stands before it. */
  through?: readonly string[];
}

/** One of the project's programs in a process of its own, as npm starts it. */
export function startProgram(path: string, args: readonly string[], options: ProgramOptions = {}): Program {
  const { env = {}, through = [] } = options;
  const [command = '', ...rest] = [...through, process.execPath, resolve(ROOT, path), ...args];
  const child = spawn(command, rest, { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of heard) listener();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output);
          if (found) resolve(found);
        };
        heard.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without ${pattern}: ${output}`)));
      }),
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      return ended;
    },
  };
}

/** The server itself, when it listens. */
export async function startServerProgram(
  env: Readonly<Record<string, string>>,
  options: Omit<ProgramOptions, 'env'> = {},
): Promise<Program & { url: string }> {
  const program = startProgram('src/server/main.ts', [], { ...options, env: { PORT: '0', ...env } });
  const [, port] = await program.until(/"port":(\d+)/);
  return { ...program, url: `http://127.0.0.1:${port}` };
}

/** Runs a command to its end. */
export async function runProgram(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const program = startProgram(path, args, { env });
  const code = await program.ended;
  return { code, output: program.output() };
}
