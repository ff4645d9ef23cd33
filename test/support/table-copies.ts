import type { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';
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

/** Every row of every table as text, by the name of the table; of a bytea, the bytes stand behind its hex. */
export async function readTables(source: DataSource): Promise<Map<string, string>> {
  const tables = await source.query<{ name: string }[]>(
    `select format('%I.%I', schemaname, tablename) name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await source.query<{ row: string }[]>(`select t::text as row from ${name} t`);
    const text = rows.map(({ row }) => row).join('\n');
    const bytes = [...text.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex, 'hex').toString());
    texts.set(name, [text, ...bytes].join('\n'));
  }
  return texts;
}
