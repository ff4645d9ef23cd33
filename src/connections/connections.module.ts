import { Module } from '@nestjs/common';
import { SecretsModule } from '../platform/secrets/secrets.module.js';
import { ConnectionUses } from './connection-uses.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionsService } from './connections.service.js';
import { SignIns } from './sign-ins.service.js';

@Module({
  imports: [SecretsModule],
  controllers: [ConnectionsController],
  providers: [ConnectionsService, ConnectionUses, SignIns],
  exports: [ConnectionsService, ConnectionUses, SignIns],
})
export class ConnectionsModule {}
