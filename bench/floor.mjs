// The smallest program with the same durability: an event is answered 202 after its COMMIT, then its calls are made,
// then their end is committed. No attempts on record, no recovery, no guard: what Hookline's speed is held against.
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';
import { Pool } from 'undici';

const { DATABASE_URL, SINK, PORT } = process.env;
const HOPS = { 'project.task.completed': 1, 'project.task.created': 3 };
const MAX_ROWS = 200;
const MAX_IN_FLIGHT = 2;

const db = new pg.Pool({ connectionString: DATABASE_URL, max: 4 });
await db.query(`create table if not exists event (id uuid primary key, received_at timestamptz not null default now(),
  type text not null, data text not null, status int, answer text, ended_at timestamptz) with (fillfactor = 80)`);

/** Rows that come in while two statements are on their way leave together as soon as one is back; no timer. */
function batcher(write) {
  const waiting = [];
  let inFlight = 0;
  let scheduled = false;
  const flush = () => {
    scheduled = false;
    while (waiting.length > 0 && inFlight < MAX_IN_FLIGHT) {
      const batch = waiting.splice(0, MAX_ROWS);
      inFlight += 1;
      write(batch.map(({ row }) => row))
        .then(
          () => batch.forEach(({ resolve }) => resolve()),
          (error) => batch.forEach(({ reject }) => reject(error)),
        )
        .finally(() => {
          inFlight -= 1;
          schedule();
        });
    }
  };
  const schedule = () => {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    setImmediate(flush);
  };
  return (row) =>
    new Promise((resolve, reject) => {
      waiting.push({ row, resolve, reject });
      schedule();
    });
}

const columns = (rows, names) => names.map((name) => rows.map((row) => row[name]));
const insert = batcher((rows) =>
  db.query({
    name: 'insert',
    text: 'insert into event (id, type, data) select * from unnest($1::uuid[], $2::text[], $3::text[])',
    values: columns(rows, ['id', 'type', 'data']),
  }),
);
const finish = batcher((rows) =>
  db.query({
    name: 'finish',
    text: `update event set status = u.status, answer = u.answer, ended_at = now()
      from unnest($1::uuid[], $2::int[], $3::text[]) u(id, status, answer) where event.id = u.id`,
    values: columns(rows, ['id', 'status', 'answer']),
  }),
);

const sink = new Pool(SINK, { connections: 64, pipelining: 1 });
async function run({ id, type, event }) {
  let former;
  let status;
  let answer;
  for (let hop = 1; hop <= HOPS[type]; hop++) {
    const body = JSON.stringify({ key: event.key, sentAt: event.sentAt, name: event.name, former });
    const headers = { 'content-type': 'application/json', 'idempotency-key': `${id}:${hop}` };
    const response = await sink.request({ path: `/hop/${hop}`, method: 'POST', headers, body });
    answer = await response.body.text();
    status = response.statusCode;
    former = JSON.parse(answer).token;
  }
  await finish({ id, status, answer });
}

const app = fastify({ logger: false });
app.post('/api/v1/events', async (request, reply) => {
  const { type, data } = request.body;
  if (!(type in HOPS) || typeof data !== 'object' || data === null) return reply.code(422).send({ code: 'invalid' });
  const id = randomUUID();
  await insert({ id, type, data: JSON.stringify(data) });
  void run({ id, type, event: data });
  return reply.code(202).send({ id });
});
app.get('/health/ready', async () => ({ status: 'ok' }));
app.get('/open', async () => (await db.query('select count(*)::int n from event where ended_at is null')).rows[0]);
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
process.on('SIGTERM', async () => {
  await app.close();
  await db.end();
  process.exit(0);
});
