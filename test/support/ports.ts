import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Systems hand out ports from 32768 up by themselves, to whoever asks for any and to every outgoing connection. */
const FIRST = 20_000;
const PER_WORKER = 1_000;
const WORKERS = 12;

/** Nobody listens on it, and nobody gets it by chance: it is there for one who starts later, or starts again. */
export async function ownPort(): Promise<number> {
  const first = FIRST + (Number(process.env.JEST_WORKER_ID ?? 0) % WORKERS) * PER_WORKER;
  for (;;) {
    const port = first + randomInt(PER_WORKER);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
