import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Config } from './platform/config/config.js';
import { Database } from './platform/database/database.js';
import { Logger } from './platform/logging/logger.js';

/** What every module of a process may ask for by type. */
@Global()
@Module({})
export class ProcessModule {
  static with(config: Config, logger: Logger, database: Database): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: Logger, useValue: logger },
      { provide: Database, useValue: database },
    ];
    return { module: ProcessModule, providers, exports: [Config, Logger, Database] };
  }
}
