import type { TestApp } from './app.js';
import { runUntilIdle } from './engine.js';
import { GENERIC, SECRET, WHSEC } from './hook-senders.js';
import type { StubReceiver } from './stub-receiver.js';
import { until } from './until.js';

/** Integrations with a hook URL, what is sent to them, and what they hand on to the receiver. */
export class Hooks {
  private constructor(
    private readonly app: TestApp,
    private readonly stub: StubReceiver,
    private readonly shared: string,
    /** The connection of senders of Standard Webhooks; `shared` is that of all others. */
    readonly standard: string,
  ) {}

  static async of(app: TestApp, stub: StubReceiver): Promise<Hooks> {
    stub.always('/in', {});
    return new Hooks(
      app,
      stub,
      await connection(app, { type: 'shared-secret', secrets: [SECRET] }),
      await connection(app, { type: 'standard-webhooks', secrets: [WHSEC] }),
    );
  }

  connection(auth: object): Promise<string> {
    return connection(this.app, auth);
  }

  /** An integration that hands on what came in, turned On. */
  async make(trigger: object = {}, on = true): Promise<{ id: string; url: string; etag: string }> {
    const { app } = this;
    const made = await app.call('POST', '/api/v1/integrations', {
      name: 'Hook',
      trigger: { type: 'webhook', ...trigger },
      steps: [
        {
          key: 'hand_on',
          action: 'post',
          input: { url: `${this.stub.url}/in`, body: [{ key: 'data', value: '{{ trigger.data }}' }] },
        },
      ],
    });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    if (on) {
      const turned = await app.call('PUT', `/api/v1/integrations/${made.body.id}/state`, { state: 'on' });
      if (turned.status !== 200) throw new Error(JSON.stringify(turned.body));
    }
    const url = app.url + new URL(made.body.hookUrl as string).pathname;
    return { id: made.body.id, url, etag: made.headers.get('etag')! };
  }

  /** The same, for what the sender of a preset signs. */
  verified(preset: string, rest: object = {}) {
    return this.make({
      verification: {
        preset,
        connectionId: preset === 'standard-webhooks' ? this.standard : this.shared,
        ...(preset === 'hmac' ? GENERIC : {}),
        ...rest,
      },
    });
  }

  async deliver(
    url: string,
    body: string | Buffer | null,
    headers: Record<string, string> = {},
    method = 'POST',
  ): Promise<{ status: number; headers: Headers; text: string; body: any }> {
    const response = await fetch(url, {
      method,
      headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body as string,
      redirect: 'manual',
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text.startsWith('{') ? JSON.parse(text) : null,
    };
  }

  /**
   * What is on record of the calls, newest first.
   * @param count so many at least, which are waited for: one that is taken is answered before it is on record
   */
  deliveries(id: string, query = '', count = 0): Promise<any[]> {
    return until(`${count} deliveries are on record`, async () => {
      const { body } = await this.app.call('GET', `/api/v1/hook-deliveries?integrationId=${id}${query}`);
      return body.data.length >= count && body.data;
    });
  }

  /** Why calls were refused, in the order in which they came. */
  async reasons(id: string): Promise<string[]> {
    return (await this.deliveries(id, '&outcome=refused')).map(({ reason }) => reason as string).reverse();
  }

  /** The data that the receiver got, once every run is over. */
  async received(): Promise<unknown[]> {
    await runUntilIdle(this.app);
    return this.stub.received.map(({ body }) => (JSON.parse(body) as { data: unknown }).data);
  }
}

const connection = async (app: TestApp, auth: object): Promise<string> =>
  (await app.call('POST', '/api/v1/connections', { name: 'Sender', auth })).body.id;
