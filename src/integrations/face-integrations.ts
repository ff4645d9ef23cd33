import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Definition } from '../core/definition.js';
import { newUuid } from '../core/id.js';
import { Database } from '../platform/database/database.js';
import { HeldRuns } from '../runs/held-runs.js';
import { Integration, type Origin } from './integration.entity.js';
import { draftColumns } from './integration.schema.js';
import { changeMatching } from '../platform/database/match-epoch.js';
import { VersionsService } from './versions.service.js';

/** An integration as a face writes it: it has no draft of its own, every change is published at once. */
export interface FaceIntegration {
  name: string;
  definition: Definition;
  isOn: boolean;
}

/**
 * The integrations behind the faces: a subscription, a callback URL and a platform webhook each are one. People change
 * them at their face only. Ids are UUIDs.
 */
@Injectable()
export class FaceIntegrations {
  constructor(
    private readonly database: Database,
    private readonly versions: VersionsService,
    private readonly held: HeldRuns,
  ) {}

  /** One change of a face and of its integrations: all or nothing, and matched against from its commit on. */
  change<T>(origin: Exclude<Origin, 'native'>, by: string, work: (edit: FaceEdit) => Promise<T>): Promise<T> {
    return this.database.source.transaction(async (tx) => {
      const edit = new FaceEdit(tx, origin, by, this.versions, this.held);
      const result = await work(edit);
      if (edit.changedMatching) await changeMatching(tx);
      return result;
    });
  }
}

export class FaceEdit {
  changedMatching = false;

  constructor(
    readonly tx: EntityManager,
    private readonly origin: Origin,
    private readonly by: string,
    private readonly versions: VersionsService,
    private readonly held: HeldRuns,
  ) {}

  /** Throws a 422 where the definition cannot run. Answers its id. */
  async create({ name, definition, isOn }: FaceIntegration): Promise<string> {
    const id = newUuid();
    const { trigger, steps } = definition;
    const columns = { id, name, origin: this.origin, isOn, createdBy: this.by, ...draftColumns(trigger, steps) };
    await this.tx.insert(Integration, columns);
    await this.publish(id);
    return id;
  }

  /** Gives it this state; runs that exist finish as they began. */
  async replace(id: string, { name, definition, isOn }: FaceIntegration): Promise<void> {
    const { trigger, steps } = definition;
    const columns = { name, isOn, ...draftColumns(trigger, steps), updatedAt: () => 'now()' };
    await this.tx.update(Integration, { id, origin: this.origin }, columns);
    await this.publish(id);
  }

  /** Its run log stays. */
  async remove(id: string): Promise<void> {
    await this.tx.delete(Integration, { id, origin: this.origin });
    await this.held.discard(this.tx, id);
    this.changedMatching = true;
  }

  private async publish(id: string): Promise<void> {
    const row = await this.tx.findOneByOrFail(Integration, { id, origin: this.origin });
    await this.versions.publish(this.tx, row, '', this.by);
    this.changedMatching = true;
  }
}
