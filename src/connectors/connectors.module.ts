import { Module } from '@nestjs/common';
import { ConnectorsController } from './connectors.controller.js';
import { EventTypeEditor } from './event-types/event-type-editor.js';
import { EventTypeUses } from './event-types/event-type-uses.js';
import { EventTypes } from './event-types/event-types.js';
import { EventTypesController } from './event-types/event-types.controller.js';

@Module({
  controllers: [ConnectorsController, EventTypesController],
  providers: [EventTypes, EventTypeEditor, EventTypeUses],
  exports: [EventTypes, EventTypeUses],
})
export class ConnectorsModule {}
