import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';

/** The real server as a process of its own, on a data folder of its own, that can be stopped, killed and started again. */
export class Office {
  readonly port: number;
  readonly dataDir: string;
  /** The program that the next start runs: this one, or a copy of it elsewhere. */
  folder = '.';
  private process: ChildProcess | undefined;
  private printed = '';

  private constructor(port: number, dataDir: string) {
    this.port = port;
    this.dataDir = dataDir;
  }

  /** `fill` may write into the data folder before the server opens it. */
  static async open(fill?: (dataDir: string) => Promise<void>): Promise<Office> {
    const office = new Office(await freePort(), mkdtempSync(join(tmpdir(), 'doorstep-office-')));
    await fill?.(office.dataDir);
    await office.start();
    return office;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** What the server has printed so far, the set-up link among it. */
  get output(): string {
    return this.printed;
  }

  async start(): Promise<void> {
    const child = spawn('node_modules/.bin/node', ['src/server/main.ts'], {
      cwd: this.folder,
      env: {
        ...process.env,
        PORT: String(this.port),
        HOST: '127.0.0.1',
        DATA_DIR: this.dataDir,
        PUBLIC_URL: this.origin,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    child.stdout.on('data', (part: Buffer) => (this.printed += part.toString()));
    child.stderr.on('data', (part: Buffer) => (this.printed += part.toString()));
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`The server ended:\n${this.printed}`);
      const well = await fetch(`${this.origin}/healthz`).then(
        (response) => response.ok,
        () => false,
      );
      if (well) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The server did not come up:\n${this.printed}`);
  }

  /** SIGTERM, and waits until it has gone. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** SIGKILL: no chance to finish anything. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child === undefined || child.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  }
}
