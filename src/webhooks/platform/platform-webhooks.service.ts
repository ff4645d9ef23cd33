import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { findAction } from '../../connectors/catalog.js';
import { HooklineError, invalid, notFound, type Fault } from '../../core/errors.js';
import { newUuid } from '../../core/id.js';
import { FaceIntegrations } from '../../integrations/face-integrations.js';
import { Database } from '../../platform/database/database.js';
import { compileCondition } from '../../platform/expressions/condition.js';
import { ExpressionError } from '../../platform/expressions/errors.js';
import { webhookIntegration } from './webhook-integration.js';
import { eventOf, type NewWebhook, type Scope, type WebhookPatch, type WebhookView } from './webhook.schema.js';

/** Of the space, or of one kapp: a list is shown whole, as that system's clients expect it. */
const MAX_WEBHOOKS = 1_000;

interface Row extends Required<Omit<WebhookPatch, 'filter'>> {
  id: string;
  filter: string;
  integrationId: string;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  updatedBy: string;
}

const SELECT = `select id, name, type, event, filter, url, integration_id as "integrationId", created_at as "createdAt",
  created_by as "createdBy", updated_at as "updatedAt", updated_by as "updatedBy" from platform_webhooks`;

/**
 * Webhooks of the space and of its kapps, by name; each is one integration.
 * @param kappSlug everywhere: empty for the space
 */
@Injectable()
export class PlatformWebhooksService {
  constructor(
    private readonly database: Database,
    private readonly integrations: FaceIntegrations,
  ) {}

  async list(kappSlug: string): Promise<WebhookView[]> {
    const rows = await this.database.source.query<Row[]>(
      `${SELECT} where kapp_slug = $1 and deleted_at is null order by name limit ${MAX_WEBHOOKS}`,
      [kappSlug],
    );
    return rows.map(viewOf);
  }

  async one(kappSlug: string, name: string): Promise<WebhookView> {
    return viewOf(await find(this.database.source.manager, kappSlug, name));
  }

  async create(kappSlug: string, webhook: NewWebhook, by: string): Promise<WebhookView> {
    const event = eventOf(scopeOf(kappSlug), webhook.type, webhook.event);
    const { name, type, url } = webhook;
    const filter = webhook.filter ?? '';
    refuseFaults(filter, url);
    await this.integrations.change('platform-webhook', by, async (edit) => {
      await refuseMany(edit.tx, kappSlug);
      const integrationId = await edit.create(webhookIntegration({ kappSlug, name, filter, url }, event));
      await named(
        name,
        edit.tx.query(
          `insert into platform_webhooks (id, kapp_slug, name, type, event, filter, url, integration_id, created_by, updated_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
          [newUuid(), kappSlug, name, type, event.event, filter, url, integrationId, by],
        ),
      );
    });
    return this.one(kappSlug, name);
  }

  /** What is left out stays as it is. */
  async change(kappSlug: string, name: string, patch: WebhookPatch, by: string): Promise<WebhookView> {
    const newName = patch.name ?? name;
    await this.integrations.change('platform-webhook', by, async (edit) => {
      const row = await find(edit.tx, kappSlug, name, 'for update');
      const next = {
        kappSlug,
        ...row,
        ...patch,
        filter: patch.filter === undefined ? row.filter : (patch.filter ?? ''),
      };
      const event = eventOf(scopeOf(kappSlug), next.type, next.event);
      refuseFaults(next.filter, next.url);
      await edit.replace(row.integrationId, webhookIntegration(next, event));
      await named(
        newName,
        edit.tx.query(
          `update platform_webhooks set name = $2, type = $3, event = $4, filter = $5, url = $6, updated_by = $7, updated_at = now()
           where id = $1`,
          [row.id, newName, next.type, next.event, next.filter, next.url, by],
        ),
      );
    });
    return this.one(kappSlug, newName);
  }

  /** Answers what it was; its jobs stay. */
  async remove(kappSlug: string, name: string, by: string): Promise<WebhookView> {
    return this.integrations.change('platform-webhook', by, async (edit) => {
      const row = await find(edit.tx, kappSlug, name, 'for update');
      await edit.tx.query(`update platform_webhooks set deleted_at = now(), updated_by = $2 where id = $1`, [
        row.id,
        by,
      ]);
      await edit.remove(row.integrationId);
      return viewOf(row);
    });
  }
}

const scopeOf = (kappSlug: string): Scope => (kappSlug === '' ? 'space' : 'kapp');

async function find(db: EntityManager, kappSlug: string, name: string, lock = ''): Promise<Row> {
  const where = `where kapp_slug = $1 and name = $2 and deleted_at is null`;
  const [row] = await db.query<Row[]>(`${SELECT} ${where} ${lock}`, [kappSlug, name]);
  if (!row) throw notFound('webhook', name);
  return row;
}

async function refuseMany(tx: EntityManager, kappSlug: string): Promise<void> {
  const [{ count }] = await tx.query<{ count: number }[]>(
    `select count(*)::int from platform_webhooks where kapp_slug = $1 and deleted_at is null`,
    [kappSlug],
  );
  if (count < MAX_WEBHOOKS) return;
  const where = kappSlug === '' ? 'The space' : `The kapp "${kappSlug}"`;
  throw new HooklineError('conflict', 'limit_reached', `${where} has ${MAX_WEBHOOKS} webhooks, which is the limit.`);
}

function refuseFaults(filter: string, url: string): void {
  const faults: Fault[] = findAction('webhook', 'platform-webhook')!.check({ url });
  try {
    if (filter.trim() !== '') compileCondition(filter, ['trigger']);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const message = `${error.message} (at character ${error.position + 1})`;
    faults.push({ path: '/filter', code: 'expression', message });
  }
  if (faults.length > 0) throw invalid('invalid_request', faults);
}

async function named<T>(name: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'platform_webhooks_name') throw error;
    const message = `There is a webhook ${JSON.stringify(name)} already: choose another name.`;
    const faults = [{ path: '/name', code: 'name_taken', message }];
    throw new HooklineError('conflict', 'name_taken', message, { faults });
  }
}

const viewOf = ({ integrationId: _, createdAt, updatedAt, ...row }: Row): WebhookView => ({
  ...row,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
