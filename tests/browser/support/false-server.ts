import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands between a phone and its server and answers in its stead. */
export class FalseServer {
  readonly port: number;
  /** What it was asked, as `POST /api/sync`. */
  readonly asked: string[] = [];
  private readonly server: http.Server;

  private constructor(server: http.Server, asked: string[]) {
    this.server = server;
    this.asked = asked;
    this.port = (server.address() as AddressInfo).port;
  }

  /** A captive portal: a page with 200 for half of what is asked, and a redirect to its login for the rest. */
  static portal(): Promise<FalseServer> {
    return FalseServer.open(answerAsPortal());
  }

  /** A portal that comes between when the browser has read a new worker, and before it has read what that puts by. */
  static portalAfterWorker(officePort: number): Promise<FalseServer> {
    const asPortal = answerAsPortal();
    return FalseServer.open((request, response) => {
      if (request.url !== '/sw.js' && request.url !== '/send-waiting.js') {
        asPortal(request, response);
        return;
      }
      const { url, headers } = request;
      http.get({ host: '127.0.0.1', port: officePort, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
    });
  }

  /** One that lets its page be kept for as long as the program's own files. */
  static portalThatIsKept(): Promise<FalseServer> {
    return FalseServer.open((_request, response) => {
      response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      tellPortalPage(response);
    });
  }

  /** Takes every question and answers none. */
  static silence(): Promise<FalseServer> {
    return FalseServer.open(() => undefined);
  }

  private static async open(answer: http.RequestListener): Promise<FalseServer> {
    const asked: string[] = [];
    const server = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FalseServer(server, asked);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function answerAsPortal(): http.RequestListener {
  let answered = 0;
  return (request, response) => {
    answered += 1;
    if (request.url !== '/login' && answered % 2 === 0) {
      response.writeHead(302, { location: '/login' }).end();
      return;
    }
    tellPortalPage(response);
  };
}

function tellPortalPage(response: http.ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><title>Wi-Fi</title><p>请先登录无线网。</p>');
}
