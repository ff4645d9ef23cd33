import { ConnectionUses } from '../../src/connections/connection-uses.js';
import { EventTypeUses } from '../../src/connectors/event-types/event-type-uses.js';
import { EventTypes } from '../../src/connectors/event-types/event-types.js';
import { DefinitionUses } from '../../src/integrations/definition-uses.js';
import { IntegrationActivity } from '../../src/integrations/integration-activity.js';
import { IntegrationQueries } from '../../src/integrations/integration.queries.js';
import { IntegrationsService } from '../../src/integrations/integrations.service.js';
import { Schedules } from '../../src/integrations/schedules.js';
import { VersionsService } from '../../src/integrations/versions.service.js';
import { readConfig } from '../../src/platform/config/config.js';
import type { Database } from '../../src/platform/database/database.js';
import { silentLogger } from '../../src/platform/logging/logger.js';
import { Dispatcher } from '../../src/platform/queue/dispatcher.js';
import { DefinitionStore } from '../../src/runs/definition-store.js';
import { HeldRuns } from '../../src/runs/held-runs.js';
import { RunActivity } from '../../src/runs/stats/run-activity.js';
import { WakeUps } from '../../src/runs/wake-ups.js';
import { hookUrlsOn } from './hook-urls.js';

/** What Nest would put together, for tests of the module and the database. */
export function integrationsOn(database: Database) {
  const definitions = new DefinitionStore(database);
  const held = new HeldRuns(database, new WakeUps(readConfig({}), new Dispatcher(readConfig({}), silentLogger)));
  const uses = new DefinitionUses(new ConnectionUses(), new EventTypeUses());
  const types = new EventTypes(database);
  const versions = new VersionsService(database, definitions, new ConnectionUses(), types, uses);
  const hookUrls = hookUrlsOn(database);
  const activity = new IntegrationActivity(database, new RunActivity(database), new ConnectionUses());
  return {
    versions,
    service: new IntegrationsService(database, versions, definitions, held, uses, hookUrls),
    queries: new IntegrationQueries(
      database,
      definitions,
      held,
      hookUrls,
      new Schedules(database),
      versions,
      activity,
      types,
    ),
  };
}

/** What somebody would send to make one. */
export const integrationBody = (name: string, url = 'https://api.example.com/tasks') => ({
  name,
  trigger: { type: 'event', eventType: 'project.task.completed' },
  steps: [{ key: 'send', action: 'post', input: { url } }],
});
