import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { HttpClient } from '../platform/http/http.client.js';
import { Logger } from '../platform/logging/logger.js';
import { CANCELED_CHANNEL, RunControl } from '../runs/run-control.js';

/**
 * Cuts off the calls of canceled runs that this process makes. The run itself is over already, by whoever canceled it:
 * what its handler still writes is refused by the fence.
 */
@Injectable()
export class Cancellations implements OnModuleInit, OnApplicationShutdown {
  private unlisten: (() => Promise<void>) | undefined;

  constructor(
    private readonly database: Database,
    private readonly http: HttpClient,
    private readonly runs: RunControl,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    this.unlisten = await this.database.listen(CANCELED_CHANNEL, (runId) => {
      if (runId !== null) this.http.cancel(runId);
      else void this.catchUp();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.unlisten?.();
  }

  /** What was said while nobody listened is lost: asks for the runs whose calls are out. */
  private async catchUp(): Promise<void> {
    const { owners } = this.http;
    if (owners.length === 0) return;
    try {
      for (const runId of await this.runs.over(owners)) this.http.cancel(runId);
    } catch (error) {
      this.logger.warn({ error: String(error) }, 'run.cancellations-missed'); // their calls end by their time-out
    }
  }
}
