import net from 'node:net';
import { freePort } from '../../support/free-port.ts';

/** A wire between one browser and the server that can really be cut: sockets closed, nothing listening. */
export class CutProxy {
  readonly port: number;
  private readonly target: () => number;
  private server: net.Server | undefined;
  private readonly sockets = new Set<net.Socket>();
  /** Bytes that the browser may still send; Infinity where nothing is to be cut. */
  private left = Infinity;

  private constructor(port: number, target: () => number) {
    this.port = port;
    this.target = target;
  }

  static async open(target: () => number): Promise<CutProxy> {
    const proxy = new CutProxy(await freePort(), target);
    await proxy.join();
    return proxy;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Puts the wire together again, on the same port. */
  async join(): Promise<void> {
    if (this.server !== undefined) return;
    const server = net.createServer((near) => this.connect(near));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.server = server;
  }

  /** Cuts it: every connection is reset, every new one refused. */
  async cut(): Promise<void> {
    const server = this.server;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }

  /** Cuts it by itself in the midst of what the browser sends, so many bytes from now. */
  cutAfter(bytes: number): void {
    this.left = bytes;
  }

  get isCut(): boolean {
    return this.server === undefined;
  }

  private connect(near: net.Socket): void {
    const far = net.connect(this.target(), '127.0.0.1');
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      // A reset of one side is what this class is for; the other side follows.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (part) => {
      this.left -= part.length;
      if (this.left > 0 || this.server === undefined) return;
      this.left = Infinity;
      void this.cut();
    });
    near.pipe(far);
    far.pipe(near);
  }
}
