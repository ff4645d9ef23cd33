import { Global, Injectable, Module } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** What `/metrics` shows. Labels are closed sets (states, outcomes), never ids or URLs: each value is a series. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  /** Batched events count one by one. */
  readonly events = new Counter({
    name: 'hookline_events_total',
    help: 'Events that came in, by result: accepted, duplicate, rejected.',
    labelNames: ['result'] as const,
    registers: [this.registry],
  });

  readonly runsEnded = new Counter({
    name: 'hookline_runs_ended_total',
    help: 'Runs that ended, by status.',
    labelNames: ['status'] as const,
    registers: [this.registry],
  });

  readonly attempts = new Counter({
    name: 'hookline_attempts_total',
    help: 'Step attempts that ended, by outcome.',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });

  readonly attemptSeconds = new Histogram({
    name: 'hookline_attempt_duration_seconds',
    help: 'How long the call of an attempt took.',
    buckets: SECONDS,
    registers: [this.registry],
  });

  readonly acceptSeconds = new Histogram({
    name: 'hookline_accept_duration_seconds',
    help: 'From the event in memory to its COMMIT.',
    buckets: SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** A number that is read when `/metrics` is; `read` must be cheap and may fail (the series is then left out). */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        try {
          gauge.set(await read());
        } catch {
          gauge.reset();
        }
      },
    });
  }
}

@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
