import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { laneOf } from './claimed-run.js';
import { CREATE } from './statements.js';
import { WakeUps } from './wake-ups.js';

/** A run of an event that is in the log already. */
export interface AddedRun {
  id: string;
  eventId: string;
  integrationId: string;
  /** Null: a draft. */
  version: number | null;
  definitionId: number;
  test: boolean;
  replayOf: string | null;
  /** The first run of its replay chain, itself where it begins one. */
  chainId: string;
  depth: number;
  /** Its integration is Off: it waits until somebody decides. */
  held?: boolean;
  /** Results that it takes over: attempts of the run it replays. */
  taken: { step: string; number: number }[];
}

/** Makes runs that no event starts by itself: replays, backfills, manual runs, tests of a draft. */
@Injectable()
export class RunCreator {
  constructor(private readonly wakeUps: WakeUps) {}

  /** They are taken in this order. Call `started` after the commit. */
  async create(tx: EntityManager, runs: AddedRun[]): Promise<void> {
    if (runs.length === 0) return;
    const taken = runs.flatMap((run) => run.taken.map((result) => ({ ...result, run })));
    await tx.query(CREATE.text, [
      runs.map((run) => run.id),
      runs.map((run) => run.eventId),
      runs.map((run) => run.integrationId),
      runs.map((run) => run.version),
      runs.map((run) => run.definitionId),
      runs.map((run) => laneOf(run.integrationId)),
      runs.map((run) => run.test),
      runs.map((run) => run.replayOf),
      runs.map((run) => run.chainId),
      runs.map((run) => run.depth),
      taken.map(({ run }) => run.id),
      taken.map(({ run }) => run.replayOf),
      taken.map(({ step }) => step),
      taken.map(({ number }) => number),
      runs.map((run) => run.held ?? false),
    ]);
    await this.wakeUps.announce(tx, lanesOf(runs.filter((run) => !run.held)));
  }

  /** Has them begun. */
  started(runs: AddedRun[]): void {
    this.wakeUps.pull(lanesOf(runs));
  }
}

const lanesOf = (runs: AddedRun[]): number[] => runs.map((run) => laneOf(run.integrationId));
