import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OAuthModule } from '../platform/oauth/oauth.module.js';
import { SecretsModule } from '../platform/secrets/secrets.module.js';
import { ConnectionUses } from './connection-uses.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionsService } from './connections.service.js';
import { Authorizations } from './oauth/authorizations.service.js';
import { OAuthController } from './oauth/oauth.controller.js';
import { OAuthTokens } from './oauth/oauth-tokens.service.js';
import { TokenStore } from './oauth/token-store.js';
import { SignIns } from './sign-ins.service.js';
import { SigningConnections } from './signing-connections.js';
import { TransportSeal } from './transport/transport-seal.js';

@Module({
  imports: [AccessModule, OAuthModule, SecretsModule],
  controllers: [ConnectionsController, OAuthController],
  providers: [
    Authorizations,
    ConnectionsService,
    ConnectionUses,
    OAuthTokens,
    SignIns,
    SigningConnections,
    TokenStore,
    TransportSeal,
  ],
  exports: [ConnectionsService, ConnectionUses, SignIns, SigningConnections],
})
export class ConnectionsModule {}
