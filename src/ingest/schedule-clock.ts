import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HooklineError } from '../core/errors.js';
import { formatId } from '../core/id.js';
import { dueFires } from '../integrations/cron.js';
import { Schedules, type DueSchedule } from '../integrations/schedules.js';
import { Logger } from '../platform/logging/logger.js';
import { IngestService } from './ingest.service.js';

const POLL_MS = 1_000;
/** This process's timers may be early by the clock of the database. */
const MIN_WAIT_MS = 20;
const AT_ONCE = 100;

/**
 * Makes the events of schedules. Every process that accepts events has one; each time fires once all the same, because
 * the event of a time has an id of its own: whoever comes second, or comes back after a crash, gets the first answer.
 */
@Injectable()
export class ScheduleClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly schedules: Schedules,
    private readonly ingest: IngestService,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.wait(POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.ticking;
  }

  /** Fires what is due. False where one could not be: it stays due, and keeps nobody else from it. */
  async tick(): Promise<boolean> {
    const due = await this.schedules.due(AT_ONCE);
    const outcomes = await Promise.allSettled(due.map((schedule) => this.fire(schedule)));
    outcomes.forEach((outcome, index) => {
      if (outcome.status === 'fulfilled') return;
      const integrationId = formatId('int', due[index].integrationId);
      this.logger.warn({ integrationId, error: (outcome.reason as Error).message }, 'schedule.late');
    });
    return outcomes.every(({ status }) => status === 'fulfilled');
  }

  private async fire(schedule: DueSchedule): Promise<void> {
    const { integrationId, cron, timezone } = schedule;
    for (const { at, missed } of dueFires(schedule, schedule.nextAt, schedule.now)) {
      const scheduledAt = at.toISOString();
      await this.ingest
        .acceptDirected({
          type: 'schedule.fired',
          integrationId,
          source: `schedule/${formatId('int', integrationId)}`,
          externalId: scheduledAt,
          time: at,
          dataText: JSON.stringify({ scheduledAt, timezone, cron, missed }),
        })
        .catch((error: unknown) => {
          // Fired by somebody who came earlier, so that it was not missed yet.
          if (!(error instanceof HooklineError && error.code === 'event_conflict')) throw error;
        });
    }
    await this.schedules.advance(schedule);
  }

  private wait(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.ticking = this.turn();
    }, ms).unref();
  }

  private async turn(): Promise<void> {
    let untilNextMs = POLL_MS;
    try {
      if (await this.tick()) untilNextMs = (await this.schedules.untilNextMs()) ?? POLL_MS;
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'schedule.late');
    }
    this.wait(Math.min(POLL_MS, Math.max(MIN_WAIT_MS, untilNextMs)));
  }
}
