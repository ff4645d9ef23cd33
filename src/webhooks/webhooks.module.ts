import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import { CallbacksService } from './callbacks/callbacks.service.js';

@Module({
  imports: [IntegrationsModule],
  controllers: [CallbacksController],
  providers: [CallbacksService],
})
export class WebhooksModule {}
