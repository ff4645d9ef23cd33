import type { TestApp } from './app.js';

/** Of the face that platform webhooks are made and their jobs are read through. */
export const BASE = '/app/api/v1';

/** What its users do with it. */
export class PlatformWebhooks {
  constructor(private readonly app: TestApp) {}

  /** A webhook of the space; of a kapp where that is named: `/kapps/hr`. */
  make(webhook: object, where = '') {
    return this.app.call('POST', `${BASE}${where}/webhooks`, webhook);
  }

  happened(type: string, data: object, rest: object = {}) {
    return this.app.call('POST', '/api/v1/events', { type, data, ...rest });
  }

  async jobs(query = '') {
    return (await this.app.call('GET', `${BASE}/webhookJobs${query}`)).body;
  }

  async newest() {
    return (await this.jobs('?limit=1')).webhookJobs[0];
  }

  /** Nothing listens any more: no webhook, no integration. */
  async clear(): Promise<void> {
    for (const where of ['', '/kapps/services', '/kapps/hr']) {
      const { body } = await this.app.call('GET', `${BASE}${where}/webhooks`);
      for (const { name } of body.webhooks)
        await this.app.call('DELETE', `${BASE}${where}/webhooks/${encodeURIComponent(name)}`);
    }
    const { body } = await this.app.call('GET', '/api/v1/integrations?limit=250');
    for (const { id } of body.data) await this.app.call('DELETE', `/api/v1/integrations/${id}`);
  }
}
