import { HookUrls } from '../../src/integrations/hook-urls.js';
import type { Config } from '../../src/platform/config/config.js';
import type { Database } from '../../src/platform/database/database.js';
import { Secrets } from '../../src/platform/secrets/secrets.js';
import { DefinitionStore } from '../../src/runs/definition-store.js';

/** Hook URLs under a key of the test's own. */
export function hookUrlsOn(database: Database): HookUrls {
  const config = { publicUrl: 'http://hooks.test', secretKeys: [Buffer.alloc(32, 'test')], dataDir: '' };
  const typed = config as unknown as Config;
  return new HookUrls(typed, database, new Secrets(typed), new DefinitionStore(database));
}
