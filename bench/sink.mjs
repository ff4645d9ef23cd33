// The receiver: counts every delivery by event key and hop, and remembers when each key arrived. A hop after the first
// must bring the answer of the one before. GET / gives the counts, DELETE / forgets.
import { createServer } from 'node:http';
import { nowMs } from './clock.mjs';

let hops = new Map();
let wrong = 0;

function take(hop, text) {
  const at = nowMs();
  const { key, sentAt, former } = JSON.parse(text);
  if (typeof key !== 'string' || typeof sentAt !== 'number' || (hop > 1 && former !== `${key}/${hop - 1}`)) wrong += 1;
  const seen = hops.get(hop) ?? hops.set(hop, new Map()).get(hop);
  const delivery = seen.get(key);
  if (delivery) delivery.count += 1;
  else seen.set(key, { count: 1, at, tookMs: at - sentAt });
  return `{"token":"${key}/${hop}"}`;
}

function report() {
  const answer = { wrong, hops: {} };
  for (const [hop, seen] of hops) {
    const deliveries = [...seen.values()];
    answer.hops[hop] = {
      keys: deliveries.length,
      doubled: deliveries.reduce((sum, { count }) => sum + count - 1, 0),
      lastAt: deliveries.reduce((last, { at }) => Math.max(last, at), 0),
      tookMs: deliveries.map(({ tookMs }) => tookMs),
    };
  }
  return answer;
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    const { hops: all, wrong: bad } = report();
    const brief = request.url === '/count';
    const count = Object.fromEntries(Object.entries(all).map(([hop, { keys }]) => [hop, keys]));
    return response.end(JSON.stringify(brief ? { count, wrong: bad } : { hops: all, wrong: bad }));
  }
  if (request.method === 'DELETE') {
    hops = new Map();
    wrong = 0;
    return response.end('{}');
  }
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    const answer = take(Number(request.url.slice('/hop/'.length)), text);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send({ ready: server.address().port }));
process.on('disconnect', () => process.exit(0));
