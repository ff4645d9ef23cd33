import { Module } from '@nestjs/common';
import { AccessHook } from './access.hook.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeys } from './api-keys.service.js';
import { AuthController } from './auth.controller.js';
import { CallerBindings } from './caller-bindings.js';
import { KnownCallers } from './known-callers.js';
import { Sessions } from './sessions.service.js';

/** Who may come in. Importing it closes every route to those whom its `@Endpoint` does not name. */
@Module({
  controllers: [ApiKeysController, AuthController],
  providers: [AccessHook, ApiKeys, CallerBindings, KnownCallers, Sessions],
  exports: [AccessHook, ApiKeys, CallerBindings],
})
export class AccessModule {}
