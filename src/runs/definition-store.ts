import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Definition } from '../core/definition.js';
import { parseJson } from '../core/json.js';
import { allSteps } from '../core/plan.js';
import { Database } from '../platform/database/database.js';

export interface StepPlace {
  key: string;
  name: string;
  /** From 1, error steps included, as the run shows them; 0 where the definition does not have it. */
  position: number;
}

const MAX_CACHED = 2_000;

/** Immutable definitions, stored once by content: a run points at the one it runs and survives every later edit. */
@Injectable()
export class DefinitionStore {
  private readonly cache = new Map<number, Definition>();

  constructor(private readonly database: Database) {}

  /** The id of this content, stored now if it is new. */
  async pin(tx: EntityManager, definition: Definition): Promise<number> {
    const body = JSON.stringify(definition);
    const hash = createHash('sha256').update(body).digest();
    const find = `select id from definitions where hash = $1`;
    const known = await tx.query<{ id: number }[]>(find, [hash]);
    if (known.length > 0) return known[0].id;
    await tx.query(`insert into definitions (hash, body) values ($1, $2) on conflict do nothing`, [hash, body]);
    const stored = await tx.query<{ id: number }[]>(find, [hash]);
    return stored[0].id;
  }

  /**
   * Throws where there is no such definition: ids come from the database alone.
   *
   * @param db the transaction one is in: who holds one connection and waits for another may wait for ever
   */
  async get(id: number, db: EntityManager = this.database.source.manager): Promise<Definition> {
    const cached = this.cache.get(id);
    if (cached) return cached;
    const rows = await db.query<{ body: string }[]>(`select body from definitions where id = $1`, [id]);
    if (rows.length === 0) throw new Error(`Definition ${id} is not stored.`);
    const definition = parseJson(rows[0].body) as Definition;
    if (this.cache.size >= MAX_CACHED) this.cache.delete(this.cache.keys().next().value!);
    this.cache.set(id, definition);
    return definition;
  }

  /** A step of it as people know it; where there is none, by its key. */
  async place(id: number, key: string): Promise<StepPlace> {
    const steps = allSteps((await this.get(id)).steps);
    const index = steps.findIndex((step) => step.key === key);
    return { key, name: steps[index]?.name || key, position: index + 1 };
  }
}
