import { CloudEvent, emitterFor, HTTP, Mode } from 'cloudevents';
import type { Answer } from '../support/administrator.js';
import { useApp } from '../support/app.js';

const TYPE = 'project.task.completed';
const CE = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/crm', 'ce-type': TYPE };
const JSON_EVENT = { specversion: '1.0', id: '1', source: '/crm', type: TYPE };
const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

describe('CloudEvents', () => {
  const app = useApp({ env: { HOOKLINE_ROLE: 'api' } });
  let count = 0;

  const post = (body: unknown, headers: Record<string, string>) => app.call('POST', '/api/v1/events', body, headers);
  /** Each with an id of its own. */
  const binary = (body: string, contentType: string, headers: Record<string, string> = {}) =>
    post(body, { 'content-type': contentType, ...CE, 'ce-id': `b${++count}`, ...headers });
  const structured = (members: object, contentType = STRUCTURED) =>
    post({ ...JSON_EVENT, id: `s${++count}`, ...members }, { 'content-type': contentType });
  const stored = async ({ status, body }: Answer) => {
    if (status !== 202) throw new Error(JSON.stringify(body));
    return (await app.call('GET', `/api/v1/events/${body.id}`)).body;
  };
  const refusal = ({ status, body }: Answer) => [status, body.code, body.errors[0]?.path];

  /** What the SDK sends, sent as it is. */
  const viaSdk = (mode: Mode) => {
    let answer: Answer;
    const emit = emitterFor(
      async ({ headers, body }) => (answer = await post(body, headers as Record<string, string>)),
      { binding: HTTP, mode },
    );
    return async (event: CloudEvent<unknown>) => {
      await emit(event);
      return answer;
    };
  };

  it.each([Mode.BINARY, Mode.STRUCTURED])('from the SDK arrive whole, %s', async (mode) => {
    const event = new CloudEvent({
      type: TYPE,
      source: 'https://crm.example/tasks',
      id: `sdk-${mode}`,
      subject: 'task/42',
      time: '2026-11-22T03:47:15.120Z',
      dataschema: 'https://crm.example/schema',
      tenant: 'acme',
      data: { id: 'T-1', name: 'Größe €' },
    });
    const send = viaSdk(mode);
    const answer = await send(event);
    expect(await stored(answer)).toMatchObject({
      type: TYPE,
      source: 'https://crm.example/tasks',
      externalId: `sdk-${mode}`,
      subject: 'task/42',
      time: '2026-11-22T03:47:15.120Z',
      data: { id: 'T-1', name: 'Größe €' },
      attributes: { tenant: 'acme', dataschema: 'https://crm.example/schema' },
    });
    const again = await send(event);
    expect([again.status, again.body.id, again.body.duplicate]).toEqual([200, answer.body.id, true]);
    expect((await send(event.cloneWith({ data: { id: 'T-2' } }))).status).toBe(409);
  });

  it('from the SDK arrive in a batch, each with its own answer', async () => {
    const events = ['x1', 'x2'].map((id) => new CloudEvent({ type: TYPE, source: '/b', id, data: { id } }));
    const answer = await post([...events, { ...events[0].toJSON(), id: '' }, 7], { 'content-type': BATCH });
    expect([answer.status, answer.body.accepted, answer.body.rejected]).toEqual([207, 2, 2]);
    expect(answer.body.results[2].error.errors[0].path).toBe('/2/id');
    const again = await post(events, { 'content-type': BATCH });
    expect([again.status, again.body.duplicates]).toEqual([202, 2]);
    expect((await post([], { 'content-type': BATCH })).body).toMatchObject({ results: [], accepted: 0 });
  });

  it.each([
    'Application/CloudEvents+JSON',
    'application/cloudevents+json; charset=UTF-8',
    'application/cloudevents+json ;a=b',
  ])('are known by their media type, however it is written: %s', async (type) =>
    expect((await structured({ data: { id: 1 } }, type)).status).toBe(202),
  );

  it('keep every digit and the order of their data', async () => {
    const { body } = await post(
      `{"data": {"z":1.50,"a":12345678901234567890},"specversion":"1.0","id":"d","source":"s","type":"${TYPE}"}`,
      { 'content-type': STRUCTURED },
    );
    const response = await fetch(`${app.url}/api/v1/events/${body.id}`, {
      headers: { authorization: `Bearer ${app.adminKey}` },
    });
    expect(await response.text()).toContain('{"z":1.50,"a":12345678901234567890}');
  });

  it('keep extensions of every type; what is null is not there', async () => {
    const event = await stored(await structured({ text: 'a', flag: true, number: -3, nothing: null, subject: null }));
    expect([event.attributes, event.data, event.subject]).toEqual([{ text: 'a', flag: true, number: -3 }, null, null]);
  });

  it.each<[string, string, unknown]>([
    ['application/json; charset=utf-8', '{"a":1}', { a: 1 }],
    ['application/vnd.crm+json', '[1]', [1]],
    ['text/plain', 'hello', 'hello'],
    ['application/xml', '<a/>', '<a/>'],
    ['application/octet-stream', 'hello', 'aGVsbG8='],
  ])('in binary mode may have data of type %s', async (type, body, data) => {
    const event = await stored(await binary(body, type));
    expect([event.data, event.attributes]).toEqual([data, { datacontenttype: type }]);
  });

  it.each<[string | undefined, string, unknown]>([
    ['application/json', '{"a":1}', { a: 1 }],
    ['text/plain; charset=iso-8859-1', '\u00e4', '\u00e4'],
    ['image/png', '\u00ff', '/w=='],
    [undefined, '\u00ff', '/w=='],
  ])('in JSON may have bytes of type %s', async (datacontenttype, bytes, data) => {
    const base64 = Buffer.from(bytes, 'latin1').toString('base64');
    expect((await stored(await structured({ datacontenttype, data_base64: base64 }))).data).toEqual(data);
  });

  it.each([
    ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['plain%2541', 'plain%41'],
    ['%e2%82%ac', '€'],
    ['"a \\"b\\" %22"', 'a "b" "'],
    ['a+b', 'a+b'],
  ])('have header values decoded once: %s', async (header, subject) => {
    expect((await stored(await binary('{}', 'application/json', { 'ce-subject': header }))).subject).toBe(subject);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no specversion', { 'ce-specversion': '' }, '/specversion'],
    ['another version', { 'ce-specversion': '0.3' }, '/specversion'],
    ['an empty id', { 'ce-id': '' }, '/id'],
    ['an empty source', { 'ce-source': '' }, '/source'],
    ['an empty type', { 'ce-type': '' }, '/type'],
    ['an empty subject', { 'ce-subject': '' }, '/subject'],
    ['a time that is none', { 'ce-time': 'yesterday' }, '/time'],
    ['half a percent sign', { 'ce-subject': 'a%2' }, '/subject'],
    ['bytes that are no UTF-8', { 'ce-subject': '%FF' }, '/subject'],
    ['bare bytes', { 'ce-subject': '\u00e4' }, '/subject'],
    ['a name with an underscore', { 'ce-my_ext': 'a' }, '/my_ext'],
    ['a header for the content type', { 'ce-datacontenttype': 'text/plain' }, '/datacontenttype'],
  ])('in binary mode with %s are refused, naming it', async (_name, headers, path) => {
    expect(refusal(await binary('{}', 'application/json', headers))).toEqual([400, 'invalid_cloudevent', path]);
  });

  it.each<[string, object, string]>([
    ['no specversion', { specversion: undefined }, '/specversion'],
    ['a version that is a number', { specversion: 1 }, '/specversion'],
    ['no id', { id: undefined }, '/id'],
    ['an id that is a number', { id: 7 }, '/id'],
    ['no source', { source: undefined }, '/source'],
    ['no type', { type: null }, '/type'],
    ['data twice', { data: {}, data_base64: 'e30=' }, '/data_base64'],
    ['data that is no base64', { data_base64: 'e30' }, '/data_base64'],
    ['data that is not what it says', { data_base64: 'e30=', datacontenttype: 'a' }, '/datacontenttype'],
    ['bytes that are no JSON', { data_base64: 'ew==', datacontenttype: 'application/json' }, '/data_base64'],
    ['a schema that is no URI', { dataschema: 'schema' }, '/dataschema'],
    ['an extension in capitals', { tenantId: 'a' }, '/tenantId'],
    ['an extension that is an object', { tenant: {} }, '/tenant'],
    ['an extension that is a fraction', { tenant: 1.5 }, '/tenant'],
  ])('in JSON with %s are refused, naming it', async (_name, members, path) => {
    expect(refusal(await structured(members))).toEqual([400, 'invalid_cloudevent', path]);
  });

  it('in a format that is not understood are refused', async () => {
    const types = ['application/cloudevents+xml', 'application/cloudevents', 'application/cloudevents+avro'];
    for (const type of types) expect((await post('x', { 'content-type': type })).status).toBe(415);
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await structured({ type: 'no.such' })).body.code).toBe('unknown_event_type');
  });
});
