import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import { CallbacksService } from './callbacks/callbacks.service.js';
import { PlatformWebhooksController } from './platform/platform-webhooks.controller.js';
import { PlatformWebhooksService } from './platform/platform-webhooks.service.js';
import { WebhookJobsController } from './platform/webhook-jobs.controller.js';
import { WebhookJobsService } from './platform/webhook-jobs.service.js';
import { WebhookMetaController } from './platform/webhook-meta.controller.js';

@Module({
  imports: [IngestModule, IntegrationsModule, RunsModule],
  controllers: [CallbacksController, PlatformWebhooksController, WebhookJobsController, WebhookMetaController],
  providers: [CallbacksService, PlatformWebhooksService, WebhookJobsService],
})
export class WebhooksModule {}
