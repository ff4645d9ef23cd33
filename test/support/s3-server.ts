import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What `@aws-sdk/client-s3` talks to in tests: one bucket of objects, path-style, and what came in. It takes only
 * requests that are signed (SigV4) by the access key given, and refuses a body whose length was not said.
 */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  readonly requests: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(accessKey: string): Promise<S3Server> {
    const server = createServer();
    const s3 = new S3Server(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', headers } = request;
        const key = decodeURIComponent(request.url!.split('?')[0]);
        s3.requests.push(`${method} ${key}`);
        const isSigned = headers.authorization?.startsWith(`AWS4-HMAC-SHA256 Credential=${accessKey}/`);
        if (!isSigned) return response.writeHead(403).end();
        if (method === 'PUT') {
          if (headers['content-length'] === undefined) return response.writeHead(411).end();
          s3.objects.set(key, Buffer.concat(chunks));
          return response.writeHead(200, { etag: '"1"' }).end();
        }
        if (method === 'DELETE') {
          s3.objects.delete(key);
          return response.writeHead(204).end();
        }
        const found = s3.objects.get(key);
        if (!found) return response.writeHead(404, { 'content-type': 'application/xml' }).end();
        response.writeHead(200, { 'content-length': found.length, 'content-type': 'application/octet-stream' });
        return response.end(method === 'HEAD' ? undefined : found);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return s3;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
