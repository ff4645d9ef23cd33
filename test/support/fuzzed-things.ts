import type { TestApp } from './app.js';
import { EVENT_TYPE, GOOD, SUBSCRIPTION, WEBHOOK } from './good-bodies.js';
import { type ApiCall, filledPath } from './openapi-calls.js';

const STEP = { key: 'call', name: 'Call', connector: 'http', action: 'post', input: { url: 'http://127.0.0.1:1/' } };
const DRAFT = { name: 'fuzzed', trigger: { type: 'event', eventType: 'project.task.completed' }, steps: [STEP] };

/** Things that exist, so that a call gets further than "not found". */
export class FuzzedThings {
  ids: Record<string, string> = {};
  private webhook = 'none';
  private count = 0;

  private constructor(private readonly app: TestApp) {}

  static async make(app: TestApp): Promise<FuzzedThings> {
    const things = new FuzzedThings(app);
    await things.renew();
    return things;
  }

  /** New ones, to which nothing was done yet. */
  async renew(): Promise<void> {
    const { app } = this;
    const [started, job, subscription, connection] = await Promise.all([
      this.run(),
      this.job(`w${++this.count}`),
      app.call('POST', '/v4/webhook-subscriptions', SUBSCRIPTION),
      app.call('POST', '/api/v1/connections', GOOD['POST /api/v1/connections']),
      app.call('POST', '/api/v1/event-types', { ...EVENT_TYPE, name: 'fuzzed.type' }),
    ]);
    this.ids = { ...started, job, name: this.webhook, sub: subscription.body.id, con: connection.body.id };
  }

  /** With ids of things that exist where a call only reads or edits, and with nobody's where it destroys. */
  pathOf(call: ApiCall): string {
    if (call.method === 'DELETE') return filledPath(call);
    const { ids } = this;
    const kind = /connections/.test(call.path)
      ? 'con'
      : /integrations/.test(call.path)
        ? 'int'
        : /events/.test(call.path)
          ? 'evt'
          : 'run';
    const known: Record<string, string> = { key: 'call', n: '1', kappSlug: 'k', name: 'fuzzed.type' };
    if (/webhooks/.test(call.path)) known.name = ids.name;
    if (/webhookJobs/.test(call.path)) known.id = ids.job;
    if (/webhook-subscriptions/.test(call.path)) known.id = ids.sub;
    if (ids[kind] && /\/(connections|integrations|events|runs)\/\{id\}/.test(call.path)) known.id = ids[kind];
    return filledPath(call, known);
  }

  /** One that is over: it can be replayed. */
  private async run(): Promise<{ int: string; evt: string; run: string }> {
    const int = await this.integration();
    const { body } = await this.app.call('POST', '/api/v1/events', { type: 'project.task.completed', data: { a: 1 } });
    const { id: evt, runs } = body as { id: string; runs: string[] };
    await this.app.call('POST', `/api/v1/runs/${runs[0]}/cancel`);
    return { int, evt, run: runs[0] };
  }

  /** It keeps the hook URL that it had for a moment, so that one can be replaced. */
  private async integration(): Promise<string> {
    const { id } = (await this.app.call('POST', '/api/v1/integrations', DRAFT)).body as { id: string };
    for (const [revision, trigger] of [{ type: 'webhook' }, DRAFT.trigger].entries()) {
      await this.app.call('PATCH', `/api/v1/integrations/${id}`, { trigger }, { 'if-match': `"${revision + 1}"` });
    }
    await this.app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'on' });
    return id;
  }

  /** Of a webhook of this name, which takes the place of the one before. */
  private async job(name: string): Promise<string> {
    const { app } = this;
    await app.call('POST', '/app/api/v1/webhooks', { ...WEBHOOK, name });
    await app.call('POST', '/app/api/v1/kapps/k/webhooks', { ...WEBHOOK, name });
    const fired = await app.call('POST', '/api/v1/events', { type: 'kapp.form.created', data: {} });
    for (const run of (fired.body as { runs: string[] }).runs) await app.call('POST', `/api/v1/runs/${run}/cancel`);
    const jobs = await app.call('GET', `/app/api/v1/webhookJobs?webhook=${name}&limit=1`);
    await app.call('DELETE', `/app/api/v1/webhooks/${this.webhook}`);
    await app.call('DELETE', `/app/api/v1/kapps/k/webhooks/${this.webhook}`);
    this.webhook = name;
    return (jobs.body as { webhookJobs: { id: string }[] }).webhookJobs[0].id;
  }
}
