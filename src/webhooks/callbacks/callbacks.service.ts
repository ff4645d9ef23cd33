import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SigningConnections } from '../../connections/signing-connections.js';
import { formatId } from '../../core/id.js';
import { FaceIntegrations, type FaceEdit } from '../../integrations/face-integrations.js';
import { Database } from '../../platform/database/database.js';
import { callbackIntegration } from './callback-integration.js';
import { callbackLines, type CallbackLines } from './callback-lines.js';
import {
  CALLBACK_EVENTS,
  type CallbackEvent,
  type CallbacksBody,
  type CallbacksView,
  type SavedCallbacks,
} from './callback.schema.js';

interface SetRow {
  enabled: CallbackEvent[];
  delivery: 'durable' | 'best-effort';
  signed: boolean;
}

interface UrlRow {
  event: CallbackEvent;
  url: string;
  integrationId: string;
}

/** The callback URLs of one process, or of all: stored as they were written, called by one integration each. */
@Injectable()
export class CallbacksService {
  constructor(
    private readonly database: Database,
    private readonly integrations: FaceIntegrations,
    private readonly signing: SigningConnections,
  ) {}

  /** @param processName empty: those of every process */
  async read(processName: string): Promise<CallbacksView> {
    const { manager } = this.database.source;
    return viewOf(await setOf(manager, processName), await urlsOf(manager, processName));
  }

  /** Replaces the whole set. Throws a 422 with every bad line; then nothing is saved. */
  async save(processName: string, body: CallbacksBody, by: string): Promise<SavedCallbacks> {
    const lines = callbackLines(body);
    const signingSecret = await this.integrations.change('callback', by, async (edit) => {
      const before = await writeSet(edit.tx, processName, body, by);
      const signer = body.sign && before === null ? await this.makeSigner(edit.tx, processName, by) : null;
      const connectionId = body.sign ? (signer?.id ?? before) : null;
      await this.write(edit, processName, body, lines, connectionId);
      if (!body.sign && before !== null) await this.signing.remove(edit.tx, before);
      return signer?.secret;
    });
    return { ...(await this.read(processName)), ...(signingSecret !== undefined && { signingSecret }) };
  }

  private async makeSigner(tx: EntityManager, processName: string, by: string) {
    const name = `Instance callbacks of ${processName || 'every process'}`;
    const signer = await this.signing.create(tx, name, 'callback', by);
    await tx.query(`update callback_sets set connection_id = $2 where process_name = $1`, [processName, signer.id]);
    return signer;
  }

  /** A URL that stays keeps its integration, and with it its runs. */
  private async write(
    edit: FaceEdit,
    processName: string,
    body: CallbacksBody,
    lines: CallbackLines,
    connectionId: string | null,
  ): Promise<void> {
    const known = await urlsOf(edit.tx, processName);
    const left = new Map(known.map((row) => [keyOf(row), row.integrationId]));
    await edit.tx.query(`delete from callback_urls where process_name = $1`, [processName]);
    const shared = {
      processName,
      delivery: body.delivery,
      connectionId: connectionId && formatId('con', connectionId),
    };
    for (const event of CALLBACK_EVENTS) {
      for (const [position, url] of lines[event].entries()) {
        const callback = callbackIntegration({ ...shared, event, url, enabled: body[event].enabled });
        const key = keyOf({ event, url });
        const id = left.get(key);
        left.delete(key);
        if (id) await edit.replace(id, callback);
        await edit.tx.query(
          `insert into callback_urls (process_name, event, position, url, integration_id) values ($1, $2, $3, $4, $5)`,
          [processName, event, position, url, id ?? (await edit.create(callback))],
        );
      }
    }
    for (const id of left.values()) await edit.remove(id);
  }
}

const keyOf = ({ event, url }: Pick<UrlRow, 'event' | 'url'>): string => `${event} ${url}`;

async function setOf(db: EntityManager, processName: string): Promise<SetRow | null> {
  const rows = await db.query<SetRow[]>(
    `select enabled, delivery, connection_id is not null as signed from callback_sets where process_name = $1`,
    [processName],
  );
  return rows[0] ?? null;
}

const urlsOf = (db: EntityManager, processName: string): Promise<UrlRow[]> =>
  db.query<UrlRow[]>(
    `select event, url, integration_id as "integrationId" from callback_urls where process_name = $1 order by position`,
    [processName],
  );

/**
 * Locks the row, so that of two changes at once the later one sees the earlier one's URLs. Answers what signs the calls;
 * null: nothing so far.
 */
async function writeSet(
  tx: EntityManager,
  processName: string,
  body: CallbacksBody,
  by: string,
): Promise<string | null> {
  const enabled = CALLBACK_EVENTS.filter((event) => body[event].enabled);
  const [{ connection_id: before }] = await tx.query<{ connection_id: string | null }[]>(
    `insert into callback_sets (process_name, enabled, delivery, updated_by) values ($1, $2, $3, $4)
     on conflict (process_name) do update
     set enabled = excluded.enabled, delivery = excluded.delivery, updated_by = excluded.updated_by, updated_at = now()
     returning connection_id`,
    [processName, enabled, body.delivery, by],
  );
  if (!body.sign)
    await tx.query(`update callback_sets set connection_id = null where process_name = $1`, [processName]);
  return before;
}

function viewOf(set: SetRow | null, rows: UrlRow[]): CallbacksView {
  const ofEvent = (event: CallbackEvent) => ({
    enabled: set?.enabled.includes(event) ?? false,
    urls: rows.filter((row) => row.event === event).map(({ url }) => url),
  });
  return {
    created: ofEvent('created'),
    updated: ofEvent('updated'),
    deleted: ofEvent('deleted'),
    delivery: set?.delivery ?? 'durable',
    sign: set?.signed ?? false,
  };
}
