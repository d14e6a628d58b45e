import { connect } from 'node:net';
import process from 'node:process';

/** Opens so many streams by each cookie, or begins to count anew. */
export type ToListeners = { port: number; cookies: string[]; each: number } | { count: true };

/** How many streams have been told something since. */
export interface FromListeners {
  frames: number;
  failure?: string;
}

/** Streams are opened by so many at a time: a line of connections has an end. */
const AT_ONCE = 50;

let frames = 0;
let told = false;
const tell = (message: FromListeners): void => {
  process.send?.(message);
};

/** Counts are told now and then, not with each frame. */
function note(): void {
  frames += 1;
  if (told) return;
  told = true;
  setTimeout(() => {
    told = false;
    tell({ frames });
  }, 5);
}

function listen(port: number, cookie: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.write(`GET /api/poke HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\n\r\n`);
    socket.once('error', (error) => tell({ frames, failure: error.message }));
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (text.startsWith('HTTP/1.1') && !text.startsWith('HTTP/1.1 200')) tell({ frames, failure: text });
      for (let n = text.split('\n\n').length - 1; n > 0; n--) note();
      resolve();
    });
  });
}

process.on('message', (message: ToListeners) => {
  frames = 0;
  if ('count' in message) return;
  const { port, cookies, each } = message;
  const wanted = cookies.flatMap((cookie) => Array.from({ length: each }, () => cookie));
  void (async () => {
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      await Promise.all(wanted.slice(from, from + AT_ONCE).map((cookie) => listen(port, cookie)));
    }
  })();
});
