import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Takes every byte that a client sends, and answers each whole request 204. It parses nothing but where one ends. */
export class Wire {
  /** Whole requests, head and body, as they came. */
  readonly requests: Buffer[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server);
    server.on('connection', (socket) => wire.read(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private read(socket: Socket): void {
    this.sockets.add(socket);
    let bytes = Buffer.alloc(0);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const head = bytes.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(bytes.toString('latin1', 0, head + 2))?.[1] ?? 0);
      const end = head + 4 + length;
      if (bytes.length < end) return;
      this.requests.push(bytes.subarray(0, end));
      bytes = bytes.subarray(end);
      socket.write('HTTP/1.1 204 No Content\r\n\r\n');
    });
  }
}
