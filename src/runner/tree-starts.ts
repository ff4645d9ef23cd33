import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MAX_DEPTH, type RunError } from '../core/run.js';
import { TreePaths, type Tree } from '../integrations/tree-paths.js';
import { Database } from '../platform/database/database.js';
import type { Scope } from '../platform/expressions/template.js';
import type { ClaimedRun } from '../runs/claimed-run.js';
import { RunCreator } from '../runs/run-creator.js';
import type { RunnableStep } from './compiled-definitions.js';
import { notSent, type CallOutcome } from './step.executor.js';

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
    const tree = await this.trees.find(path);
    if (tree === null) return notSent(missing(path));
    const number = await this.run(parent, step.key, tree);
    if (number === null) return notSent(loop(path));
    const durationMs = performance.now() - startedAt;
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

  /** The number of the run; null where it would be one too many in a row. */
  private async run(parent: ClaimedRun, stepKey: string, tree: Tree): Promise<number | null> {
    const id = childId(parent.id, stepKey);
    const numberOf = async (runId: string, db = this.database.source.manager) => {
      const [row] = await db.query<{ number: string }[]>(`select number::text from runs where id = $1`, [runId]);
      return row ? Number(row.number) : null;
    };
    const known = await numberOf(id);
    if (known !== null) return known;
    const { integrationId, version, definitionId } = tree;
    return this.database.source.transaction(async (tx) => {
      const [{ depth }] = await tx.query<{ depth: number }[]>(`select depth from runs where id = $1`, [parent.id]);
      if (depth >= MAX_DEPTH) return null;
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
      return numberOf(id, tx);
    });
  }
}

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
