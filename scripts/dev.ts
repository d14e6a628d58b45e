import { spawn } from 'node:child_process';

/** The server, restarting on change, and Vite with hot reload in front of it. */
const children = [
  spawn('node_modules/.bin/node', ['--watch', 'src/server/main.ts'], { stdio: 'inherit' }),
  spawn('node_modules/.bin/vite', [], { stdio: 'inherit' }),
];

for (const child of children) {
  child.on('exit', (code) => {
    for (const other of children) other.kill();
    process.exitCode = code ?? 0;
  });
}
