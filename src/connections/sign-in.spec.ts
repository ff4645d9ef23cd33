import { inspect } from 'node:util';
import type { BuiltRequest } from '../connectors/action.js';
import { SignIn } from './sign-in.js';
import type { StaticAuth } from './connection-auth.js';

const MOMENT = { id: 'run_1:step', nowMs: 1_614_265_330_000 };

const request = (rest: Partial<BuiltRequest> = {}): BuiltRequest => ({
  method: 'GET',
  url: 'https://api.example.com/tasks',
  headers: [['Accept', '*/*']],
  body: null,
  ...rest,
});
const signed = (auth: StaticAuth, rest?: Partial<BuiltRequest>) => {
  const outcome = new SignIn('Test', [], auth).sign(request(rest), MOMENT);
  if (outcome.kind === 'refused') throw new Error(outcome.message);
  return outcome;
};

describe('a sign-in', () => {
  it('of type none adds nothing', () => {
    const { sent, shown } = signed({ type: 'none' });
    expect(shown).toEqual(request());
    expect(sent).toEqual({ ...request(), credentials: { headers: [], query: [] }, echoes: null });
  });

  it('of type basic sends user and password in UTF-8 (RFC 7617)', () => {
    const { sent, shown } = signed({ type: 'basic', username: 'test', password: '123£' });
    expect(sent.headers.at(-1)).toEqual(['Authorization', 'Basic dGVzdDoxMjPCow==']);
    expect(shown.headers.at(-1)).toEqual(['Authorization', 'Basic ••••']);
    expect(sent.credentials).toEqual({ headers: ['authorization'], query: [] });
  });

  it('of type bearer sends the token (RFC 6750)', () => {
    const { sent, shown } = signed({ type: 'bearer', token: 'mF_9.B5f-4.1JqM' });
    expect(sent.headers.at(-1)).toEqual(['Authorization', 'Bearer mF_9.B5f-4.1JqM']);
    expect(shown.headers.at(-1)).toEqual(['Authorization', 'Bearer ••••']);
  });

  it('of type api-key sends a header', () => {
    const { sent, shown } = signed({ type: 'api-key', name: 'X-Key', value: 'secret', in: 'header' });
    expect(sent.headers).toEqual([
      ['Accept', '*/*'],
      ['X-Key', 'secret'],
    ]);
    expect(shown.headers.at(-1)).toEqual(['X-Key', '••••']);
    expect(sent.credentials).toEqual({ headers: ['x-key'], query: [] });
  });

  it.each([
    ['https://a.test/x', 'https://a.test/x?api%20key=s%26%2A'],
    ['https://a.test/x?a=1&b', 'https://a.test/x?a=1&b&api%20key=s%26%2A'],
    ['https://a.test/x?#f?', 'https://a.test/x?api%20key=s%26%2A#f?'],
    ['https://a.test/x?api+key=own&a=1&api%20key', 'https://a.test/x?a=1&api%20key=s%26%2A'],
    ['https://a.test?%zz=1', 'https://a.test?%zz=1&api%20key=s%26%2A'],
  ])('of type api-key adds a query parameter to %s', (url, expected) => {
    const { sent, shown } = signed({ type: 'api-key', name: 'api key', value: 's&*', in: 'query' }, { url });
    expect(sent.url).toBe(expected);
    expect(shown.url).toBe(expected.replace('s%26%2A', '••••'));
    expect(sent.credentials).toEqual({ headers: [], query: ['api key'] });
  });

  it('wins over what the request brings under the same name', () => {
    const headers: [string, string][] = [
      ['authorization', 'Bearer mine'],
      ['X-Other', '1'],
      ['AUTHORIZATION', 'x'],
    ];
    const { sent } = signed({ type: 'bearer', token: 'stored' }, { headers });
    expect(sent.headers).toEqual([
      ['X-Other', '1'],
      ['Authorization', 'Bearer stored'],
    ]);
  });

  it('is refused for a host that it is not for, and shows nothing', () => {
    const signIn = new SignIn('CRM', ['crm.example', '*.crm.example'], { type: 'bearer', token: 'canary' });
    const outcome = signIn.sign(request(), MOMENT);
    expect(outcome).toEqual({ kind: 'refused', message: expect.stringContaining('api.example.com') });
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });

  it('keeps its secret from whoever prints it', () => {
    const signIn = new SignIn('CRM', [], { type: 'bearer', token: 'canary' });
    expect(inspect(signIn, { depth: 9, showHidden: true }) + JSON.stringify(signIn)).not.toContain('canary');
  });

  it('signs the exact bytes of the body, and shows the signature as it was sent', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const signIn = new SignIn('Test', [], { type: 'standard-webhooks', secrets: [secret] });
    const body = Buffer.from('{"test": 2432232314}');
    const moment = { ...MOMENT, id: 'msg_p5jXN8AQM9LWM0D4loKWxJek' };
    const outcome = signIn.sign(request({ body, headers: [['Webhook-Id', 'of the step']] }), moment);
    expect(outcome).toMatchObject({ kind: 'signed' });
    if (outcome.kind !== 'signed') return;
    expect(outcome.sent.headers).toEqual([
      ['webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJek'],
      ['webhook-timestamp', '1614265330'],
      ['webhook-signature', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
    ]);
    expect(outcome.shown.headers).toEqual(outcome.sent.headers);
  });

  it.each([
    ['a form with parts', ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], { form: { boundary: 'b', parts: [] } }],
    ['anything with a public key alone', ['whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='], {}],
  ])('refuses to sign %s', (_name, secrets, rest) => {
    const signIn = new SignIn('Test', [], { type: 'standard-webhooks', secrets });
    expect(signIn.sign(request(rest), MOMENT)).toMatchObject({ kind: 'refused' });
  });
});
