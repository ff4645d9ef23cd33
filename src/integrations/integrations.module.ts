import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.js';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { DefinitionUses } from './definition-uses.js';
import { ArchivedListeners } from './archived-listeners.js';
import { DefinitionMentions } from './definition-mentions.js';
import { FaceIntegrations } from './face-integrations.js';
import { SecretsModule } from '../platform/secrets/secrets.module.js';
import { HookUrls } from './hook-urls.js';
import { IntegrationNames } from './integration-names.js';
import { IntegrationActivityController } from './integration-activity.controller.js';
import { IntegrationActivity } from './integration-activity.js';
import { IntegrationMatcher } from './integration.matcher.js';
import { IntegrationQueries } from './integration.queries.js';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsService } from './integrations.service.js';
import { RunnableIntegrations } from './runnable-integrations.js';
import { SchedulePreviewController } from './schedule-preview.controller.js';
import { Schedules } from './schedules.js';
import { TreePaths } from './tree-paths.js';
import { VersionsService } from './versions.service.js';

@Module({
  imports: [ConnectionsModule, ConnectorsModule, RunsModule, SecretsModule],
  controllers: [IntegrationActivityController, IntegrationsController, SchedulePreviewController],
  providers: [
    DefinitionUses,
    ArchivedListeners,
    HookUrls,
    IntegrationsService,
    IntegrationActivity,
    IntegrationQueries,
    VersionsService,
    IntegrationMatcher,
    IntegrationNames,
    DefinitionMentions,
    FaceIntegrations,
    RunnableIntegrations,
    Schedules,
    TreePaths,
  ],
  exports: [
    DefinitionMentions,
    ArchivedListeners,
    IntegrationsService,
    FaceIntegrations,
    HookUrls,
    IntegrationMatcher,
    IntegrationNames,
    RunnableIntegrations,
    Schedules,
    TreePaths,
  ],
})
export class IntegrationsModule {}
