import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConnectionUses } from '../connections/connection-uses.js';
import { EventTypeUses } from '../connectors/event-types/event-type-uses.js';
import { listenedTypes, type Definition } from '../core/definition.js';
import { connectionsOf } from './connection-faults.js';

/** Notes what an integration needs: connections and event types that therefore cannot be deleted. */
@Injectable()
export class DefinitionUses {
  constructor(
    private readonly connections: ConnectionUses,
    private readonly eventTypes: EventTypeUses,
  ) {}

  /** Replaces what is noted. @param definitions the draft, and what runs meanwhile */
  async record(
    tx: EntityManager,
    integration: { id: string; name: string },
    definitions: readonly Definition[],
  ): Promise<void> {
    await this.connections.record(tx, integration, definitions.flatMap(connectionsOf));
    const types = new Set(definitions.flatMap(({ trigger }) => listenedTypes(trigger)));
    await this.eventTypes.record(tx, integration, [...types]);
  }
}
