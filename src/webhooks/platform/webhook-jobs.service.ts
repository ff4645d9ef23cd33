import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { findAction } from '../../connectors/catalog.js';
import type { Definition } from '../../core/definition.js';
import { HooklineError, invalid, notFound } from '../../core/errors.js';
import { RunReplays } from '../../ingest/replays/run-replays.service.js';
import { decodeCursor, pageFrom } from '../../platform/api/paging.js';
import { Database } from '../../platform/database/database.js';
import { RunChains, type RunChain } from '../../runs/run-chains.js';
import { RunControl } from '../../runs/run-control.js';
import { jobOf, statusOf, type JobWebhook } from './job-view.js';
import { STATES_OF, type JobChange, type JobsQuery, type JobView } from './job.schema.js';

/** Webhook jobs: each the record of one call, a run seen through this face, with its retries. */
@Injectable()
export class WebhookJobsService {
  constructor(
    private readonly database: Database,
    private readonly chains: RunChains,
    private readonly control: RunControl,
    private readonly replays: RunReplays,
  ) {}

  /** Newest first. */
  async list(query: JobsQuery): Promise<{ webhookJobs: JobView[]; nextPageToken: string | null }> {
    const webhooks = await this.webhooks(query.webhook ?? null);
    const rows = await this.chains.list({
      integrationIds: [...webhooks.keys()],
      states: query.status === undefined ? null : STATES_OF[query.status],
      fromMs: query.start ?? null,
      toMs: query.end ?? null,
      beforeId: decodeCursor(query.pageToken, z.uuid()),
      limit: query.limit + 1,
    });
    const { data, nextCursor } = pageFrom(
      rows,
      query.limit,
      ({ id }) => id,
      (chain) => jobOf(chain, webhooks.get(chain.integrationId)!),
    );
    return { webhookJobs: data, nextPageToken: nextCursor };
  }

  async one(id: string): Promise<JobView> {
    const { chain, webhook } = await this.find(id);
    return jobOf(chain, webhook);
  }

  /** Retries a job that is over, or ends one that waits. Throws a conflict for every other change. */
  async change(id: string, { status, url }: JobChange, by: string): Promise<JobView> {
    const { chain } = await this.find(id);
    const now = statusOf(chain.state);
    if (status === 'Queued' && ['Complete', 'Failed', 'Cancelled'].includes(now)) await this.retry(chain, url);
    else if (status === 'Cancelled' && now === 'Queued') await this.control.cancel(chain.runId, by);
    else {
      const message = `The job is ${now} and cannot become ${status}: one that is over can be Queued again, one that is Queued can be Cancelled.`;
      throw new HooklineError('conflict', 'job_state', message);
    }
    return this.one(id);
  }

  /** Sends the stored content again, to another address where one is given. */
  private async retry(chain: RunChain, url: string | undefined): Promise<void> {
    const choice = { from: 'start', version: 'original' } as const;
    if (url === undefined) {
      await this.replays.replay(chain.runId, choice);
      return;
    }
    const faults = findAction('webhook', 'platform-webhook')!.check({ url });
    if (faults.length > 0) throw invalid('invalid_request', faults);
    await this.replays.replay(chain.runId, choice, { mend: (definition) => calling(url, definition) });
  }

  private async find(id: string): Promise<{ chain: RunChain; webhook: JobWebhook }> {
    const chain = await this.chains.find(id);
    const webhook = chain && (await this.webhooks(null, chain.integrationId)).get(chain.integrationId);
    if (!webhook) throw notFound('webhook job', id);
    return { chain, webhook };
  }

  /** By integration; those that were deleted too, because their jobs stay. */
  private async webhooks(name: string | null, integrationId: string | null = null): Promise<Map<string, JobWebhook>> {
    const rows = await this.database.source.query<(JobWebhook & { integrationId: string })[]>(
      `select id, kapp_slug as "kappSlug", name, type, event, url, integration_id as "integrationId" from platform_webhooks
       where ($1::text is null or name = $1) and ($2::uuid is null or integration_id = $2)`,
      [name, integrationId],
    );
    return new Map(rows.map((row) => [row.integrationId, row]));
  }
}

const calling = (url: string, definition: Definition): Definition => ({
  ...definition,
  steps: definition.steps.map((step) =>
    step.connector === 'webhook' ? { ...step, input: { ...step.input, url } } : step,
  ),
});
