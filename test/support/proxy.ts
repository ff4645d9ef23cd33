import { once } from 'node:events';
import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A forward proxy (RFC 9110, 7.6 and 9.3.6): tunnels for https, whole URLs for http. */
export interface Proxy {
  url: string;
  port: number;
  /** `CONNECT host:port` and `GET http://…`, as asked for. */
  asked: string[];
  /** What came as `Proxy-Authorization`. */
  authorizations: (string | undefined)[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Asked for; others get 407. */
  authorization?: string;
  /** Names that only the proxy knows, and where they are. */
  hosts?: Record<string, string>;
  /** Speaks TLS itself. */
  certificate?: { key: string; cert: string };
  /** Answers CONNECT with this instead of doing it. */
  answer?: string;
}

export async function startProxy({
  authorization,
  hosts = {},
  certificate,
  answer,
}: ProxyOptions = {}): Promise<Proxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const refuses = (given: string | undefined) => authorization !== undefined && given !== authorization;
  const forward: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    authorizations.push(request.headers['proxy-authorization']);
    if (refuses(request.headers['proxy-authorization'])) return void response.writeHead(407).end();
    const { hostname, port, pathname, search } = new URL(request.url!);
    const { 'proxy-authorization': _own, ...headers } = request.headers;
    const options = {
      host: hosts[hostname] ?? hostname,
      port,
      path: pathname + search,
      method: request.method,
      headers,
    };
    const onward = httpRequest(options, (answered) => {
      response.writeHead(answered.statusCode!, answered.headers);
      answered.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  };
  const server = certificate ? createSecureServer(certificate, forward) : createServer(forward);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    authorizations.push(request.headers['proxy-authorization']);
    socket.on('error', () => {});
    if (answer !== undefined) return void socket.write(answer);
    if (refuses(request.headers['proxy-authorization'])) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = connect(Number(port || 80), hosts[hostname] ?? hostname.replace(/^\[|\]$/g, ''), () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    asked,
    authorizations,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
