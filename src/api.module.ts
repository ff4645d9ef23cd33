import { Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { ConnectorsModule } from './connectors/connectors.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { RunnerModule } from './runner/runner.module.js';
import { RunsModule } from './runs/runs.module.js';
import { IdempotencyModule } from './platform/api/idempotency.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** What an API process contains. */
@Module({
  imports: [
    IdempotencyModule,
    AccessModule,
    ConnectionsModule,
    ConnectorsModule,
    IngestModule,
    IntegrationsModule,
    RunnerModule,
    RunsModule,
    WebhooksModule,
  ],
})
export class ApiModule {}
