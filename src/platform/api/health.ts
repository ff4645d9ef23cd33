import { Controller, Get, Global, Header, Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { HooklineError } from '../../core/errors.js';
import { Metrics } from '../logging/metrics.js';
import { Endpoint } from './endpoint.js';

const CHECK_TIMEOUT_MS = 2_000;

/** What must work for this process to be of use, by name. Whoever owns a part registers its check. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, () => Promise<void>>();

  register(name: string, check: () => Promise<void>): void {
    this.checks.set(name, check);
  }

  /** Names of what is down. Takes at most two seconds. */
  async down(): Promise<string[]> {
    const names = [...this.checks.keys()];
    const results = await Promise.allSettled([...this.checks.values()].map((check) => withinTime(check())));
    return names.filter((_, index) => results[index].status === 'rejected');
  }
}

async function withinTime(check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The check took too long.')), CHECK_TIMEOUT_MS);
  });
  await Promise.race([check, late]).finally(() => clearTimeout(timer));
}

const Status = z.object({ status: z.literal('ok') });

@Controller()
export class HealthController {
  constructor(
    private readonly checks: HealthChecks,
    private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  @Endpoint({ access: 'anonymous', summary: 'The process runs', answers: { 200: { schema: Status } } })
  live(): z.infer<typeof Status> {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Endpoint({ access: 'anonymous', summary: 'Everything it needs is there', answers: { 200: { schema: Status } } })
  async ready(): Promise<z.infer<typeof Status>> {
    const down = await this.checks.down();
    if (down.length === 0) return { status: 'ok' };
    throw new HooklineError('unavailable', 'not_ready', `Down: ${down.join(', ')}.`, {
      faults: down.map((name) => ({ path: '', code: name, message: `${name} does not answer.` })),
    });
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Endpoint({
    access: 'viewer',
    summary: 'Figures for Prometheus',
    answers: { 200: { schema: z.string(), contentType: 'text/plain' } },
  })
  figures(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}

@Global()
@Module({ controllers: [HealthController], providers: [HealthChecks], exports: [HealthChecks] })
export class HealthModule {}
