import { Injectable } from '@nestjs/common';
import { ConnectionUses } from '../connections/connection-uses.js';
import { SignIns } from '../connections/sign-ins.service.js';
import { Database } from '../platform/database/database.js';
import { Dispatcher } from '../platform/queue/dispatcher.js';
import { WaitingRuns, WAITS_FOR_CONNECTION } from '../runs/waiting-runs.js';

/** Lets runs go on that wait for a connection, once it can be used again: handles `CONNECTION_READY_JOB`. */
@Injectable()
export class ConnectionWaits {
  constructor(
    private readonly database: Database,
    private readonly uses: ConnectionUses,
    private readonly signIns: SignIns,
    private readonly runs: WaitingRuns,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** @param connectionId its UUID */
  async end(connectionId: string): Promise<void> {
    this.signIns.forget(connectionId); // the job may be faster than the notification
    const users = await this.uses.usersOf(this.database.source.manager, connectionId);
    const lanes = await this.runs.wake(users, WAITS_FOR_CONNECTION);
    this.dispatcher.backlog(lanes);
  }
}
