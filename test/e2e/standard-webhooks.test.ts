import express from 'express';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { useApp } from '../support/app.js';
import { letTimePass, runUntilIdle, send, turnedOn } from '../support/engine.js';

const secretOf = (fill: number): string => `whsec_${Buffer.alloc(32, fill).toString('base64')}`;
const PRIVATE = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';

/** A receiver as the manuals of Standard Webhooks write it: raw bodies, and their own package as the judge. */
class Receiver {
  readonly calls: { headers: Record<string, string>; body: string; verified: boolean }[] = [];
  failures = 0;
  private constructor(
    private readonly server: Server,
    readonly secret: string,
  ) {}

  static async start(secret: string): Promise<Receiver> {
    const app = express();
    const server = await new Promise<Server>((resolve) => {
      const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
    const receiver = new Receiver(server, secret);
    app.use(express.raw({ type: '*/*' }));
    app.all('/{*path}', (request, response) => {
      const headers = request.headers as Record<string, string>;
      const body = Buffer.isBuffer(request.body) ? request.body.toString() : '';
      receiver.calls.push({ headers, body, verified: receiver.verifies(body, headers) });
      response.status(receiver.failures-- > 0 ? 503 : 204).end();
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop = () => new Promise((resolve) => this.server.close(resolve));

  verifies(body: string, headers: Record<string, string>, secret = this.secret): boolean {
    try {
      new Webhook(secret).verify(body === '' ? '{}' : body, headers);
      return true;
    } catch {
      return false;
    }
  }
}

describe('a connection of type standard-webhooks', () => {
  const app = useApp();
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await Receiver.start(secretOf(1));
  });
  afterAll(() => receiver?.stop());
  beforeEach(async () => {
    await runUntilIdle(app);
    receiver.calls.splice(0);
  });

  const connection = async (...secrets: string[]) =>
    (await app.call('POST', '/api/v1/connections', { name: 'Signed', auth: { type: 'standard-webhooks', secrets } }))
      .body;
  const integration = (connectionId: string, step: object = {}) =>
    turnedOn(app, [
      {
        key: 'tell',
        action: 'post',
        connectionId,
        input: { url: `${receiver.url}/hook`, body: [{ key: 'name', value: '{{ trigger.data.name }}' }] },
        retry: { attempts: 3, firstDelayMs: 0, maxDelayMs: 0 },
        ...step,
      },
    ]);
  const off = (id: string) => app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });

  it('signs every attempt: one id, a signature that the receiver verifies, and on record as it was sent', async () => {
    const { id: connectionId } = await connection(receiver.secret);
    const id = await integration(connectionId);
    receiver.failures = 1;
    const { body: event } = await send(app, { name: 'Grüße' });
    await runUntilIdle(app);
    await letTimePass(app);
    await runUntilIdle(app);
    expect(receiver.calls.map(({ verified }) => verified)).toEqual([true, true]);
    expect(new Set(receiver.calls.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([`${event.runs[0]}:tell`]),
    );
    const run = (await app.call('GET', `/api/v1/runs/${event.runs[0]}`)).body;
    const { headers } = run.steps[0].attempts[0].request;
    expect(headers['webhook-signature']).toBe(receiver.calls[0].headers['webhook-signature']);
    expect(JSON.stringify(run)).not.toContain(receiver.secret.slice(6));
    await off(id);
  });

  it('signs with the old secret and the new one while one is replaced, and shows neither', async () => {
    const made = await connection(receiver.secret);
    expect(made.auth).toEqual({ type: 'standard-webhooks', secrets: ['••••1'] });
    const patch = (secrets: string[]) =>
      app.call('PATCH', `/api/v1/connections/${made.id}`, { auth: { type: 'standard-webhooks', secrets } });
    const both = await patch([secretOf(2), '••••1', PRIVATE]);
    expect(both.body.auth.secrets).toEqual(['••••1', '••••2', '••••3']);
    const id = await integration(made.id);
    await send(app, { name: 'both' });
    await runUntilIdle(app);
    const [{ body, headers }] = receiver.calls;
    expect(headers['webhook-signature'].split(' ').map((each) => each.split(',')[0])).toEqual(['v1', 'v1', 'v1a']);
    for (const secret of [secretOf(1), secretOf(2)]) expect(receiver.verifies(body, headers, secret)).toBe(true);

    await patch(['••••1']);
    await send(app, { name: 'new only' });
    await runUntilIdle(app);
    expect(receiver.calls[1].verified).toBe(false);
    expect(receiver.verifies(receiver.calls[1].body, receiver.calls[1].headers, secretOf(2))).toBe(true);
    expect((await patch(['••••2'])).status).toBe(422);
    await off(id);
  });

  it('signs an urlencoded body, and says clearly that a form with parts cannot be signed', async () => {
    const { id: connectionId } = await connection(receiver.secret);
    const custom = (bodyType: string) => ({
      action: 'custom',
      input: { method: 'POST', url: `${receiver.url}/hook`, bodyType, body: [{ key: 'a', value: 'b c' }] },
    });
    const ids = [
      await integration(connectionId, custom('urlencoded')),
      await integration(connectionId, custom('form-data')),
    ];
    const { body: event } = await send(app, {});
    await runUntilIdle(app);
    expect(receiver.calls).toHaveLength(1);
    const [{ headers, body }] = receiver.calls;
    const wh = new Webhook(receiver.secret);
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    expect(headers['webhook-signature']).toBe(wh.sign(headers['webhook-id'], at, body));
    const refused = (await app.call('GET', `/api/v1/runs/${event.runs[1]}`)).body;
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'auth' } });
    expect(refused.error.message).toContain('choose another body type');
    for (const id of ids) await off(id);
  });

  it('cannot be overruled by a header of the step', async () => {
    const { id: connectionId } = await connection(receiver.secret);
    const made = await app.call('POST', '/api/v1/integrations', {
      name: 'Clash',
      trigger: { type: 'manual' },
      steps: [
        {
          key: 'tell',
          action: 'post',
          connectionId,
          input: { url: receiver.url, headers: [{ key: 'Webhook-Signature', value: 'v1,x' }] },
        },
      ],
    });
    const answer = await app.call('POST', `/api/v1/integrations/${made.body.id}/publish`);
    expect(answer.body.errors).toMatchObject([{ path: '/steps/0/input/headers/0/key', code: 'connection_clash' }]);
  });
});
