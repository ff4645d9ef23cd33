import { ApiKey } from './access/api-key.entity.js';
import { Session } from './access/session.entity.js';
import { Connection } from './connections/connection.entity.js';
import { Integration } from './integrations/integration.entity.js';
import { IntegrationVersion } from './integrations/integration-version.entity.js';
import { StoredFile } from './platform/files/stored-file.entity.js';

/** Every TypeORM entity; each belongs to the one module whose folder it lies in. */
export const ENTITIES = [ApiKey, Session, Connection, Integration, IntegrationVersion, StoredFile];
