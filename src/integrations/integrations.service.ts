import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Definition } from '../core/definition.js';
import { HooklineError, invalid, notFound } from '../core/errors.js';
import { formatId, newUuid } from '../core/id.js';
import { parseJson } from '../core/json.js';
import { Database } from '../platform/database/database.js';
import { DefinitionStore } from '../runs/definition-store.js';
import { HeldRuns } from '../runs/held-runs.js';
import { DefinitionUses } from './definition-uses.js';
import { HookUrls } from './hook-urls.js';
import { stateOf, Integration, type IntegrationState } from './integration.entity.js';
import { draftColumns, parseIntegration, parsePatch } from './integration.schema.js';
import { changeMatching } from '../platform/database/match-epoch.js';
import { reschedule } from './schedules.js';
import { VersionsService, type Published } from './versions.service.js';

export type HeldChoice = 'run' | 'discard' | 'keep';

export interface StateChange {
  state: 'on' | 'off';
  /** What becomes of the runs held so far. */
  held: HeldChoice;
}

export interface StateAnswer {
  state: 'on' | 'off';
  /** Null while nothing is published. */
  version: number | null;
  released: number;
  discarded: number;
  kept: number;
}

/** What a door needs to make a run of an integration that no event started. */
export interface NamedDefinition {
  integrationId: string;
  name: string;
  state: IntegrationState;
  /** Null: the draft. */
  version: number | null;
  definitionId: number | null;
  definition: Definition;
}

/**
 * Changes integrations: drafts, publishing, the toggle. Every change locks the integration's row first, so of two
 * edits of one revision one wins and the other is told; whatever changes matching says so in the same transaction.
 * Ids are UUIDs.
 */
@Injectable()
export class IntegrationsService {
  constructor(
    private readonly database: Database,
    private readonly versions: VersionsService,
    private readonly definitions: DefinitionStore,
    private readonly held: HeldRuns,
    private readonly uses: DefinitionUses,
    private readonly hooks: HookUrls,
  ) {}

  /** Checks and stores a draft, Off; answers its id. */
  async create(body: unknown, createdBy: string): Promise<string> {
    const { name, description, trigger, steps } = parseIntegration(body);
    return freePath(
      trigger.path,
      this.insert({ name, description, createdBy, ...draftColumns(trigger, steps) }, { trigger, steps }),
    );
  }

  /** Changes the named parts. Throws `stale` where the draft is not at `revision` any more. */
  async edit(id: string, revision: number, body: unknown): Promise<void> {
    const patch = parsePatch(body);
    const change = this.change(id, async (tx, row) => {
      if (row.revision !== revision) throw stale(row);
      const draft = parseJson(row.draft) as Definition;
      const name = patch.name ?? row.name;
      const renamed = name !== row.name;
      const trigger = patch.trigger ?? draft.trigger;
      const steps = patch.steps ?? draft.steps;
      await tx.update(
        Integration,
        { id },
        {
          name,
          description: patch.description ?? row.description,
          ...draftColumns(trigger, steps),
          revision: row.revision + 1,
          updatedAt: () => 'now()',
        },
      );
      await this.recordUses(tx, { ...row, name }, { trigger, steps });
      await this.hooks.ensure(tx, id, trigger);
      if (renamed && row.publishedVersion !== null) await changeMatching(tx);
    });
    await freePath(patch.trigger?.path ?? null, change);
  }

  /** Deletes it and its versions; held runs end as canceled, and the run log stays. */
  async remove(id: string): Promise<void> {
    await this.database.source.transaction(async (tx) => {
      const row = await locked(tx, id);
      await tx.delete(Integration, { id });
      if (row.publishedVersion === null) return;
      await changeMatching(tx);
      await this.held.discard(tx, id);
    });
  }

  /** A copy of the draft, Off and unpublished; answers its id. */
  async duplicate(id: string, createdBy: string): Promise<string> {
    const row = await this.database.source.manager.findOneBy(Integration, { id });
    if (!row) throw unknown(id);
    if (row.origin !== 'native') throw managedByFace(row);
    const name = `Copy of ${row.name}`.slice(0, 200).toWellFormed();
    const { trigger, steps } = parseJson(row.draft) as Definition;
    // Its tree path stays with the original: it is the address of one.
    const columns = draftColumns({ ...trigger, path: null }, steps);
    return this.insert({ name, description: row.description, createdBy, ...columns }, { trigger, steps });
  }

  async publish(id: string, note: string, by: string): Promise<number> {
    return this.change(id, async (tx, row) => {
      const published = await this.versions.publish(tx, row, note, by);
      if (published.isNew) {
        await reschedule(tx, id);
        await changeMatching(tx);
      }
      return published.version;
    });
  }

  /** Makes a published version the draft again, as an edit of it. What runs changes when that is published. */
  async restore(id: string, version: number): Promise<void> {
    const { trigger, steps } = await this.versions.one(id, version);
    const change = this.change(id, async (tx, row) => {
      const draft = { ...draftColumns(trigger, steps), revision: row.revision + 1 };
      await tx.update(Integration, { id }, { ...draft, updatedAt: () => 'now()' });
      await this.recordUses(tx, row, { trigger, steps });
    });
    await freePath(trigger.path, change);
  }

  /** The toggle. Asking for the state it is in changes nothing, but still decides about held runs. */
  async setState(id: string, change: StateChange, by: string): Promise<StateAnswer> {
    const done = await this.change(id, async (tx, row) =>
      change.state === 'on' ? this.turnOn(tx, row, change.held, by) : this.turnOff(tx, row, change.held),
    );
    if (done.released > 0) this.held.released(id);
    const held = await this.held.count([id]);
    return { state: change.state, ...done, kept: held.get(id) ?? 0 };
  }

  /** Puts it away: Off, and not even holding events. Held runs stay held. */
  async archive(id: string): Promise<void> {
    await this.database.source.transaction(async (tx) => {
      const row = await locked(tx, id);
      if (row.archivedAt !== null) return;
      await tx.update(Integration, { id }, { archivedAt: () => 'now()', isOn: false });
      await reschedule(tx, id);
      if (row.publishedVersion !== null) await changeMatching(tx);
    });
  }

  /** Brings it back, Off. */
  async unarchive(id: string): Promise<void> {
    const back = this.database.source.transaction(async (tx) => {
      const row = await locked(tx, id);
      if (row.archivedAt === null) return;
      await tx.update(Integration, { id }, { archivedAt: null });
      if (row.publishedVersion !== null) await changeMatching(tx);
    });
    await freePath(null, back);
  }

  /** A new hook URL; the old one goes on for `overlapSeconds`. Throws a conflict where the integration has none. */
  rotateHook(id: string, overlapSeconds: number): Promise<void> {
    return this.change(id, (tx) => this.hooks.rotate(tx, id, overlapSeconds));
  }

  /** The definition of a run that a person asks for. Throws a conflict where nothing is published. */
  async definitionOf(id: string, which: 'published' | 'draft'): Promise<NamedDefinition> {
    const { manager } = this.database.source;
    const row = await manager.findOneBy(Integration, { id });
    if (!row) throw unknown(id);
    const named = { integrationId: id, name: row.name, state: stateOf(row) };
    if (which === 'draft') {
      return { ...named, version: null, definitionId: null, definition: parseJson(row.draft) as Definition };
    }
    const current = await this.versions.current(manager, row);
    if (current === null) {
      const message = `${quoted(row)} was never published: publish it, or turn it On.`;
      throw new HooklineError('conflict', 'not_published', message);
    }
    return { ...named, ...current, definition: await this.definitions.get(current.definitionId) };
  }

  private async turnOn(tx: EntityManager, row: Integration, held: HeldChoice, by: string) {
    const current: Omit<Published, 'isNew'> =
      (await this.versions.current(tx, row)) ?? (await this.versions.publish(tx, row, '', by));
    if (!row.isOn) {
      await tx.update(Integration, { id: row.id }, { isOn: true });
      await reschedule(tx, row.id);
      await changeMatching(tx);
    }
    const { version, definitionId } = current;
    const released = held === 'run' ? await this.held.release(tx, row.id, version, definitionId) : 0;
    const discarded = held === 'discard' ? await this.held.discard(tx, row.id) : 0;
    return { version, released, discarded };
  }

  private async turnOff(tx: EntityManager, row: Integration, held: HeldChoice) {
    if (held === 'run') {
      const message = 'Held runs can only be let go while turning On.';
      throw invalid('invalid_request', [{ path: '/held', code: 'not_allowed', message }]);
    }
    if (row.isOn) {
      await tx.update(Integration, { id: row.id }, { isOn: false });
      await reschedule(tx, row.id);
      await changeMatching(tx);
    }
    const discarded = held === 'discard' ? await this.held.discard(tx, row.id) : 0;
    return { version: row.publishedVersion, released: 0, discarded };
  }

  private async insert(columns: Partial<Integration> & { name: string }, draft: Definition): Promise<string> {
    const id = newUuid();
    await this.database.source.transaction(async (tx) => {
      await tx.insert(Integration, { id, ...columns });
      await this.uses.record(tx, { id, name: columns.name }, [draft]);
      await this.hooks.ensure(tx, id, draft.trigger);
    });
    return id;
  }

  /** Of the draft, and of what runs meanwhile. */
  private async recordUses(tx: EntityManager, row: Integration, draft: Definition): Promise<void> {
    const current = await this.versions.current(tx, row);
    const published = current ? [await this.definitions.get(current.definitionId, tx)] : [];
    await this.uses.record(tx, row, [draft, ...published]);
  }

  /** One change of an integration that is not archived. */
  private change<T>(id: string, work: (tx: EntityManager, row: Integration) => Promise<T>): Promise<T> {
    return this.database.source.transaction(async (tx) => {
      const row = await locked(tx, id);
      if (row.archivedAt !== null) {
        const message = `${quoted(row)} is archived: unarchive it first.`;
        throw new HooklineError('conflict', 'integration_archived', message);
      }
      return work(tx, row);
    });
  }
}

async function locked(tx: EntityManager, id: string): Promise<Integration> {
  const row = await tx.findOne(Integration, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!row) throw unknown(id);
  if (row.origin !== 'native') throw managedByFace(row);
  return row;
}

/** A tree path is the address of one integration at a time. */
async function freePath<T>(path: string | null, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'integrations_tree_path') throw error;
    const message = `Another integration has the tree path${path === null ? '' : ` ${JSON.stringify(path)}`}: choose another one, or archive that integration.`;
    const faults = [{ path: '/trigger/path', code: 'path_taken', message }];
    throw new HooklineError('conflict', 'path_taken', message, { faults });
  }
}

const quoted = (row: Integration): string => JSON.stringify(row.name);
const unknown = (id: string): HooklineError => notFound('integration', formatId('int', id));
const stale = (row: Integration): HooklineError => {
  const message = `${quoted(row)} was changed meanwhile and is at revision ${row.revision}: read it again, then repeat your edit.`;
  return new HooklineError('stale', 'stale_revision', message);
};
const managedByFace = (row: Integration): HooklineError => {
  const message = `${quoted(row)} belongs to a ${row.origin}: change it there.`;
  return new HooklineError('conflict', 'managed_by_face', message);
};
