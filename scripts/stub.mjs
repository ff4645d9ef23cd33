// A receiver on the loopback for whoever tries things out: prints what it gets; the path decides the answer.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { port: { type: 'string', default: process.env.PORT || '4000' } } });
const MAX_PRINTED = 2000;
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const flaky = new Map();

/** By the first part of the path; each gets the rest of it, and answers by itself. */
const answers = {
  status:
    (code) =>
    ({ response }) =>
      json(response, within(code, 200, 599, 200), { status: Number(code) }),
  slow: (ms) => (exchange) => later(within(ms, 0, 3_600_000, 3000), exchange),
  huge:
    (size) =>
    ({ response }) =>
      huge(response, sizeOf(size)),
  drip:
    () =>
    ({ response }) =>
      drip(response),
  reset:
    () =>
    ({ request }) =>
      request.socket.resetAndDestroy(),
  hang: () => () => {},
  flaky: (times) => (exchange) => failsFirst(within(times, 1, 1000, 3), exchange),
  echo:
    () =>
    ({ request, response, body }) =>
      json(response, 200, {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: body.toString(),
      }),
};

const HELP = `
  /200 /404 /500 …   that status                /reset       the connection is cut
  /status/418        the same                   /hang        never an answer
  /slow/3000         200 after 3 s              /flaky/3     503 three times, then 200 (per path; /flaky/3/a counts apart)
  /huge/50mb         that many bytes            /echo        what came, as JSON
  /drip              a byte a second, without end`;

const server = createServer((request, response) => {
  const chunks = [];
  let bytes = 0;
  request.on('error', () => {});
  response.on('error', () => {});
  request.on('data', (chunk) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    print(request, body, bytes);
    const [first, rest] = new URL(request.url, 'http://stub').pathname.slice(1).split('/');
    const known = Object.hasOwn(answers, first)
      ? answers[first](rest)
      : answers.status(/^\d{3}$/.test(first) ? first : '200');
    known({ request, response, body });
  });
});

server.on('error', (error) => {
  const taken =
    error.code === 'EADDRINUSE' ? ` Choose another one: npm run stub -- --port ${Number(values.port) + 1}` : '';
  console.error(`${error.message}.${taken}`);
  process.exit(1);
});
server.listen(Number(values.port), '127.0.0.1', () => {
  const { port } = server.address();
  console.log(`A receiver at http://127.0.0.1:${port}; the path decides its answer:${HELP}`);
  console.log(
    `\nHookline calls no loopback address unless it is allowed:\n  HOOKLINE_EGRESS_ALLOW=127.0.0.1:${port} npm start\n`,
  );
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

function print({ method, url, headers }, body, bytes) {
  console.log(`${new Date().toISOString()}  ${method} ${printable(url)}  ${bytes} bytes`);
  for (const [name, value] of Object.entries(headers)) console.log(`    ${name}: ${printable(String(value))}`);
  const text = printable(body.subarray(0, MAX_PRINTED).toString());
  if (text) console.log(`\n    ${text.replaceAll('\n', '\n    ')}${bytes > MAX_PRINTED ? ' …' : ''}\n`);
}

// A sender must not be able to move the cursor of whoever reads this.
function printable(text) {
  return text.replace(/[^\P{Cc}\n\t]/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function json(response, status, value) {
  if (status === 204 || status === 304) return response.writeHead(status).end();
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function later(ms, { response }) {
  const timer = setTimeout(() => json(response, 200, { afterMs: ms }), ms);
  response.on('close', () => clearTimeout(timer));
}

function failsFirst(times, { request, response }) {
  const call = (flaky.get(request.url) ?? 0) + 1;
  flaky.set(request.url, call > times ? 0 : call);
  json(response, call > times ? 200 : 503, { call, fails: times });
}

function drip(response) {
  response.writeHead(200, { 'content-type': 'text/plain' });
  const timer = setInterval(() => response.write('.'), 1000);
  response.on('close', () => clearInterval(timer));
}

function huge(response, bytes) {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
  const block = Buffer.alloc(64 * 1024, 'x');
  let left = bytes;
  const more = () => {
    while (left > 0) {
      const chunk = block.subarray(0, Math.min(left, block.length));
      left -= chunk.length;
      if (!response.write(chunk)) return response.once('drain', more);
    }
    response.end();
  };
  more();
}

function within(text, min, max, fallback) {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) ? Math.min(Math.max(value, min), max) : fallback;
}

function sizeOf(text = '1mb') {
  const [, digits, unit] = /^(\d{1,9})(kb|mb|gb)?$/i.exec(text) ?? ['', '1', 'mb'];
  return Number(digits) * { '': 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }[(unit ?? '').toLowerCase()];
}
