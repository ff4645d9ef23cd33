import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MAX_DEPTH, type RunError } from '../core/run.js';
import { TreePaths } from '../integrations/tree-paths.js';
import { Database } from '../platform/database/database.js';
import type { Scope } from '../platform/expressions/template.js';
import type { ClaimedRun } from '../runs/claimed-run.js';
import { RunCreator } from '../runs/run-creator.js';
import type { RunnableStep } from './compiled-definitions.js';
import { asRecorded, notSent, type CallOutcome } from './step.executor.js';

/**
 * Starts an integration of this engine by its tree path, with the event of the run that asks. However often a step is
 * tried, also after a crash in the middle of it, it starts one run.
 */
@Injectable()
export class TreeStarts {
  constructor(
    private readonly database: Database,
    private readonly trees: TreePaths,
    private readonly creator: RunCreator,
  ) {}

  async start(parent: ClaimedRun, { step, compiled }: RunnableStep, path: string, scope: Scope): Promise<CallOutcome> {
    const startedAt = performance.now();
    const number = await this.run(parent, step.key, path);
    if (typeof number !== 'number') return notSent(number);
    const durationMs = asRecorded(performance.now() - startedAt);
    const text = JSON.stringify({
      messageType: 'success',
      message: `Initiated run #${number}.`,
      runId: String(number),
    });
    const body = Buffer.from(text, 'utf8');
    const headers: [string, string][] = [['content-type', 'application/json']];
    const { output } = compiled.judge({ status: 200, headers, body, durationMs }, scope);
    return {
      response: { status: 200, headers, body, bytes: body.length, truncated: false },
      durationMs,
      timings: { dnsMs: 0, connectMs: 0, firstByteMs: durationMs },
      remoteAddress: null,
      error: null,
      output,
    };
  }

  /** The number of the run, or why there is none. */
  private async run(parent: ClaimedRun, stepKey: string, path: string): Promise<number | RunError> {
    const id = childId(parent.id, stepKey);
    const { manager } = this.database.source;
    const known = await numberOf(manager, id);
    if (known !== null) return known;
    try {
      return await manager.transaction((tx) => this.create(tx, id, parent, path));
    } catch (error) {
      // Another process was faster: one that hung, and does not know yet that it has lost the run that asks.
      const number = isTaken(error) ? await numberOf(manager, id) : null;
      if (number === null) throw error;
      return number;
    }
  }

  private async create(tx: EntityManager, id: string, parent: ClaimedRun, path: string): Promise<number | RunError> {
    const tree = await this.trees.find(tx, path);
    if (tree === null) return missing(path);
    const [{ depth }] = await tx.query<{ depth: number }[]>(`select depth from runs where id = $1`, [parent.id]);
    if (depth >= MAX_DEPTH) return loop(path);
    const { integrationId, version, definitionId } = tree;
    const child = {
      id,
      eventId: parent.event.id,
      integrationId,
      version,
      definitionId,
      test: parent.test,
      held: !tree.isOn,
      replayOf: null,
      chainId: id,
      depth: depth + 1,
      taken: [],
    };
    await this.creator.create(tx, [child]);
    return (await numberOf(tx, id))!;
  }
}

async function numberOf(db: EntityManager, runId: string): Promise<number | null> {
  const [row] = await db.query<{ number: string }[]>(`select number::text from runs where id = $1`, [runId]);
  return row ? Number(row.number) : null;
}

/** SQLSTATE 23505: there is a row with this key. */
const isTaken = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '23505';

/** The same for every attempt of the step, and in the same partition as the run that starts it: its time is that run's. */
function childId(parentId: string, stepKey: string): string {
  const hash = createHash('sha256').update(`${parentId} ${stepKey}`).digest('hex');
  const variant = '89ab'[parseInt(hash[3], 16) % 4];
  return `${parentId.slice(0, 14)}7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}

const missing = (path: string): RunError => ({
  code: 'mapping',
  message: `Missing tree: ${path}. Give an integration this tree path and publish it, then retry.`,
});

const loop = (path: string): RunError => ({
  code: 'loop',
  message: `Starting ${path} would be more than ${MAX_DEPTH} integrations that start one another: one of them starts an earlier one.`,
});
