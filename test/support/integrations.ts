import { ConnectionUses } from '../../src/connections/connection-uses.js';
import { EventTypeUses } from '../../src/connectors/event-types/event-type-uses.js';
import { EventTypes } from '../../src/connectors/event-types/event-types.js';
import { DefinitionUses } from '../../src/integrations/definition-uses.js';
import { VersionsService } from '../../src/integrations/versions.service.js';
import type { Database } from '../../src/platform/database/database.js';
import type { DefinitionStore } from '../../src/runs/definition-store.js';

/** What Nest would put together, for tests of a module and the database. */
export const newUses = () => new DefinitionUses(new ConnectionUses(), new EventTypeUses());

export const versionsOn = (database: Database, definitions: DefinitionStore) =>
  new VersionsService(database, definitions, new ConnectionUses(), new EventTypes(database), newUses());
