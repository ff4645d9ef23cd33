import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.js';
import { IngestModule } from '../ingest/ingest.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { CallbackActivity } from './callbacks/callback-activity.service.js';
import { CallbackActivityController } from './callbacks/callback-activity.controller.js';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import { CallbacksService } from './callbacks/callbacks.service.js';
import { PlatformWebhooksController } from './platform/platform-webhooks.controller.js';
import { PlatformWebhooksService } from './platform/platform-webhooks.service.js';
import { WebhookJobsController } from './platform/webhook-jobs.controller.js';
import { WebhookJobsService } from './platform/webhook-jobs.service.js';
import { WebhookMetaController } from './platform/webhook-meta.controller.js';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.js';
import { SubscriptionsService } from './subscriptions/subscriptions.service.js';

@Module({
  imports: [ConnectionsModule, IngestModule, IntegrationsModule, RunsModule],
  controllers: [
    CallbackActivityController,
    CallbacksController,
    PlatformWebhooksController,
    WebhookJobsController,
    WebhookMetaController,
    SubscriptionsController,
  ],
  providers: [CallbackActivity, CallbacksService, PlatformWebhooksService, WebhookJobsService, SubscriptionsService],
})
export class WebhooksModule {}
