import { useApp } from '../support/app.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

const IMPORT = '/api/v1/connectors/http/openapi';

const documentOf = (server: string) => `
openapi: 3.1.0
info: { title: Orders, version: '1' }
servers: [{ url: '${server}/v1' }]
paths:
  /orders/{orderId}/notes:
    post:
      summary: Add a note
      tags: [notes]
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string } }
        - { name: notify, in: query, schema: { type: boolean } }
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [text]
              properties:
                text: { type: string, examples: ['Sent'] }
                author: { $ref: 'http://127.0.0.1:1/schemas.json#/author' }
`;

describe('importing from an OpenAPI document', () => {
  const app = useApp();
  const stub = useSharedReceiver();

  it('reads one as large as the largest that are published', async () => {
    const operation = { summary: 'Read it', description: 'It says "all" there is to say. '.repeat(400), responses: {} };
    const paths = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`/things/${n}`, { get: operation }]));
    const document = JSON.stringify({ openapi: '3.0.3', info: { title: 'All', version: '1' }, paths }, null, 2);
    expect(document.length).toBeGreaterThan(12 * 1024 * 1024);
    const { status, body } = await app.call('POST', IMPORT, { document });
    expect([status, body.operations?.length]).toEqual([200, 1_000]);
    const last = await app.call('POST', IMPORT, { document, operation: 'GET /things/999' });
    expect(last).toMatchObject({ status: 200, body: { action: 'get', name: 'Read it' } });
  });

  it('lists what the document offers', async () => {
    const { status, body } = await app.call('POST', IMPORT, { document: documentOf(stub.url) });
    expect([status, body]).toEqual([
      200,
      {
        title: 'Orders',
        version: '1',
        servers: [{ url: `${stub.url}/v1`, description: '' }],
        operations: [
          {
            id: 'POST /orders/{orderId}/notes',
            method: 'POST',
            path: '/orders/{orderId}/notes',
            summary: 'Add a note',
            tags: ['notes'],
          },
        ],
        leftOut: 0,
      },
    ]);
  });

  it('makes a step of an operation that runs as it is, without what is optional', async () => {
    const operation = 'POST /orders/{orderId}/notes';
    const { body } = await app.call('POST', IMPORT, { document: documentOf(stub.url), operation });
    expect(body.warnings.map(({ about }: { about: string }) => about)).toEqual([
      'orderId',
      'http://127.0.0.1:1/schemas.json#/author',
    ]);
    stub.script('/v1/orders/a%2Fb/notes', { status: 201 });
    await turnedOn(app, [{ key: 'a', action: body.action, input: body.input }]);
    const { body: sent } = await send(app, { orderId: 'a/b' });
    expect(await finishedRun(app, sent.runs[0])).toMatchObject({ status: 'succeeded' });
    expect(stub.received).toMatchObject([{ method: 'POST', body: '{"text":"Sent"}' }]);
    stub.verify();
  });

  it('refuses what it cannot read, with the place and the reason', async () => {
    const swagger = await app.call('POST', IMPORT, { document: '{"swagger":"2.0"}' });
    expect(swagger).toMatchObject({ status: 422, body: { code: 'swagger_2', errors: [{ path: '/document' }] } });
    const unknown = await app.call('POST', IMPORT, { document: documentOf(stub.url), operation: 'GET /' });
    expect(unknown).toMatchObject({
      status: 422,
      body: { code: 'unknown_operation', errors: [{ path: '/operation' }] },
    });
  });
});
