import { Injectable } from '@nestjs/common';
import { HooklineError, notFound } from '../core/errors.js';
import { formatId } from '../core/id.js';
import { FIRST_TERMINAL_STATE, RUN_STATES, RunState } from '../core/run.js';
import { Database } from '../platform/database/database.js';
import { Metrics } from '../platform/logging/metrics.js';
import { CANCEL } from './statements.js';

/** Tells every process which run (its UUID) was canceled, so that its call in flight is cut off wherever it is made. */
export const CANCELED_CHANNEL = 'hookline_canceled';

/** What people do to runs that are there already. */
@Injectable()
export class RunControl {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  /** Ends a run that is not over, whatever it is at. @param by a person's or a key's name, for the log. */
  async cancel(id: string, by: string): Promise<void> {
    await this.database.source.transaction(async (tx) => {
      const [run] = await tx.query<{ state: number }[]>(`select state from runs where id = $1 for update`, [id]);
      if (!run) throw notFound('run', formatId('run', id));
      if (run.state >= FIRST_TERMINAL_STATE) throw over(id, run.state);
      // A statement of its own: it sees the attempt that was being written while the lock was waited for.
      await tx.query(CANCEL.text, [id, `Canceled by ${by}.`]);
      if (run.state === RunState.running) await tx.query(`select pg_notify($1, $2)`, [CANCELED_CHANNEL, id]);
    });
    this.metrics.runsEnded.inc({ status: 'canceled' });
  }

  /** Those of these runs that are over. */
  async over(ids: string[]): Promise<string[]> {
    const rows = await this.database.source.query<{ id: string }[]>(
      `select id from runs where id = any($1::uuid[]) and state >= ${FIRST_TERMINAL_STATE}`,
      [ids],
    );
    return rows.map((row) => row.id);
  }
}

const over = (id: string, state: number): HooklineError => {
  const message = `${formatId('run', id)} has ended (${RUN_STATES[state]}): there is nothing to cancel.`;
  return new HooklineError('conflict', 'run_over', message);
};
