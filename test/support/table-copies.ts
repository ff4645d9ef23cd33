import type { EventEmitter } from 'node:events';
import { openClient } from '../../src/platform/database/connections.js';

/** `copy (select * from …) to stdout` of every table of every schema but the server's own: as text and as binary. */
export async function copyTables(url: string): Promise<Map<string, Buffer>> {
  const client = openClient(url, 'hookline tests');
  await client.connect();
  const copies = new Map<string, Buffer>();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c
        where c.relkind in ('r', 'm') and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
          and c.relnamespace::regnamespace::text !~ '^pg_'
        order by 1`,
    );
    const { connection } = client as unknown as { connection: EventEmitter };
    let chunks: Buffer[] = [];
    connection.on('copyData', ({ chunk }: { chunk: Buffer }) => chunks.push(Buffer.from(chunk)));
    for (const { name } of rows) {
      chunks = [];
      for (const format of ['text', 'binary'])
        await client.query(`copy (select * from ${name}) to stdout (format ${format})`);
      copies.set(name, Buffer.concat(chunks));
    }
    return copies;
  } finally {
    await client.end();
  }
}
