import { Injectable } from '@nestjs/common';
import type { PassedOver } from '../integrations/integration.matcher.js';
import type { NewEvent } from '../runs/event-log.js';
import { HeldRuns, MAX_HELD } from '../runs/held-runs.js';

/** How long a count is trusted; what other processes hold meanwhile goes beyond the limit by that much. */
const TRUST_MS = 1_000;
const MAX_KNOWN = 10_000;

/** Keeps an integration that is Off from holding without end: what is too much stays in the log, and says why. */
@Injectable()
export class HeldLimit {
  private readonly known = new Map<string, { count: number; until: number }>();

  constructor(private readonly held: HeldRuns) {}

  /** Whether any of these would be held: everybody else pays for this look only. */
  concerns(planned: NewEvent[]): boolean {
    return planned.some((event) => event.runs.some((run) => run.held));
  }

  /** Takes the runs out that are too many; their events say `held_limit`. */
  async apply(planned: NewEvent[]): Promise<void> {
    for (const event of planned) {
      const refused: string[] = [];
      for (const run of event.runs) {
        if (!run.held) continue;
        const room = await this.of(run.integrationId);
        if (room.count >= MAX_HELD) refused.push(run.id);
        else room.count++;
      }
      if (refused.length === 0) continue;
      const over = event.runs.filter((run) => refused.includes(run.id));
      event.runs = event.runs.filter((run) => !refused.includes(run.id));
      const reasons = over.map(({ integrationId }): PassedOver => ({ integrationId, reason: 'held_limit' }));
      event.passedOver = JSON.stringify([...(JSON.parse(event.passedOver ?? '[]') as PassedOver[]), ...reasons]);
    }
  }

  private async of(integrationId: string): Promise<{ count: number; until: number }> {
    const known = this.known.get(integrationId);
    if (known && known.until > performance.now()) return known;
    const counted = { count: await this.held.countUpTo(integrationId, MAX_HELD), until: performance.now() + TRUST_MS };
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.set(integrationId, counted);
    return counted;
  }
}
