import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SigningConnections } from '../../connections/signing-connections.js';
import { builtinTypes } from '../../connectors/event-types/builtin-types.js';
import { eventTypeOf } from '../../connectors/webhook/subscription-events.js';
import { HooklineError, notFound } from '../../core/errors.js';
import { formatId, newUuid } from '../../core/id.js';
import { MadeRuns } from '../../ingest/made-runs.service.js';
import { FaceIntegrations } from '../../integrations/face-integrations.js';
import { Database } from '../../platform/database/database.js';
import { subscriptionIntegration } from './subscription-integration.js';
import type { SubscriptionSettings, SubscriptionView } from './subscription.schema.js';

/** A list is shown whole, as that system's clients expect it. */
const MAX_SUBSCRIPTIONS = 1_000;

export type SubscriptionChange = Partial<SubscriptionSettings> & { enabled?: boolean };

interface Row {
  id: string;
  url: string;
  method: 'GET' | 'POST';
  events: string[];
  workflowId: string | null;
  enabled: boolean;
  connectionId: string;
  integrationId: string;
  createdAt: Date;
}

const SELECT = `select id, url, method, events, workflow_id as "workflowId", enabled, connection_id as "connectionId",
  integration_id as "integrationId", created_at as "createdAt" from subscriptions`;

/** Webhook subscriptions: each is one integration, and one connection that signs its calls. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly database: Database,
    private readonly integrations: FaceIntegrations,
    private readonly signing: SigningConnections,
    private readonly runs: MadeRuns,
  ) {}

  async list(): Promise<SubscriptionView[]> {
    const rows = await this.database.source.query<Row[]>(`${SELECT} order by id desc limit ${MAX_SUBSCRIPTIONS}`);
    return rows.map(viewOf);
  }

  async one(id: string): Promise<SubscriptionView> {
    return viewOf(await find(this.database.source.manager, id));
  }

  /** Answers its id, and the secret that its receiver verifies with: it is shown this once. */
  async create(settings: SubscriptionSettings, by: string): Promise<{ id: string; secret: string }> {
    const id = newUuid();
    const secret = await this.integrations.change('subscription', by, async (edit) => {
      await refuseMany(edit.tx);
      const signer = await this.signing.create(
        edit.tx,
        `Subscription ${settings.webhookUrl}`.slice(0, 200).toWellFormed(),
        'subscription',
        by,
      );
      const integrationId = await edit.create(subscriptionIntegration(settings, signer.publicId, true));
      await edit.tx.query(
        `insert into subscriptions (id, url, method, events, workflow_id, enabled, connection_id, integration_id, created_by)
         values ($1, $2, $3, $4, $5, true, $6, $7, $8)`,
        [id, ...valuesOf(settings), signer.id, integrationId, by],
      );
      return signer.secret;
    });
    return { id, secret };
  }

  /** What is left out stays as it is. */
  async change(
    id: string,
    { enabled: switched, ...change }: SubscriptionChange,
    by: string,
  ): Promise<SubscriptionView> {
    await this.integrations.change('subscription', by, async (edit) => {
      const row = await find(edit.tx, id, 'for update');
      const enabled = switched ?? row.enabled;
      const settings = { ...viewOf(row), ...change };
      await edit.replace(
        row.integrationId,
        subscriptionIntegration(settings, formatId('con', row.connectionId), enabled),
      );
      await edit.tx.query(
        `update subscriptions set url = $2, method = $3, events = $4, workflow_id = $5, enabled = $6 where id = $1`,
        [id, ...valuesOf(settings), enabled],
      );
    });
    return this.one(id);
  }

  /** Its deliveries stay on record. */
  async remove(id: string, by: string): Promise<void> {
    await this.integrations.change('subscription', by, async (edit) => {
      const row = await find(edit.tx, id, 'for update');
      await edit.tx.query(`delete from subscriptions where id = $1`, [id]);
      await edit.remove(row.integrationId);
      await this.signing.remove(edit.tx, row.connectionId);
    });
  }

  /** A new secret beside the last one: calls carry a signature of each until the next rotation. */
  async rotateSecret(id: string, by: string): Promise<string> {
    return this.integrations.change('subscription', by, async (edit) => {
      const row = await find(edit.tx, id, 'for update');
      return this.signing.rotate(edit.tx, row.connectionId);
    });
  }

  /** Sends the sample of an event to it, signed; answers the run (`run_…`) on which the call is on record. */
  async test(id: string, event: string): Promise<string> {
    const row = await find(this.database.source.manager, id);
    const type = eventTypeOf(event);
    const sample = {
      ...(builtinTypes.find(({ name }) => name === type)!.sample as object),
      ...(row.workflowId !== null && { workflowId: row.workflowId }),
    };
    return formatId(
      'run',
      await this.runs.testWith(row.integrationId, { type, source: 'test' }, JSON.stringify(sample)),
    );
  }
}

async function find(db: EntityManager, id: string, lock = ''): Promise<Row> {
  const [row] = await db.query<Row[]>(`${SELECT} where id = $1 ${lock}`, [id]);
  if (!row) throw notFound('webhook subscription', id);
  return row;
}

async function refuseMany(tx: EntityManager): Promise<void> {
  const [{ count }] = await tx.query<{ count: number }[]>(`select count(*)::int from subscriptions`);
  if (count < MAX_SUBSCRIPTIONS) return;
  const message = `There are ${MAX_SUBSCRIPTIONS} webhook subscriptions, which is the limit: delete one first.`;
  throw new HooklineError('conflict', 'limit_reached', message);
}

const valuesOf = ({ webhookUrl, webhookHttpMethod, events, workflowId }: SubscriptionSettings) => [
  webhookUrl,
  webhookHttpMethod,
  events,
  workflowId,
];

const viewOf = (row: Row): SubscriptionView => ({
  id: row.id,
  webhookUrl: row.url,
  webhookHttpMethod: row.method,
  events: row.events,
  workflowId: row.workflowId,
  enabled: row.enabled,
  createdAt: row.createdAt.toISOString(),
});
