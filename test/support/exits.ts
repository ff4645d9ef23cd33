import { randomUUID } from 'node:crypto';
import type { TestApp } from './app.js';
import { finishedRun, send, turnedOn } from './engine.js';
import { clientCredentials, letTokenEnd, oauth2 } from './oauth-connections.js';

/** What came of a call: the code of its error, `refused` where nobody would even save or take the URL, or `answered`. */
export type Outcome = string;

export interface Surroundings {
  app: TestApp;
  /** Of a receiver that may always be called, for what a call needs beside the URL that is tested. */
  ally: string;
}

/** One point where a call leaves. */
export interface Exit {
  name: string;
  /** How many requests one call makes: 1 unless given. */
  requests?: number;
  /** Where only some URLs of http can be given, https leads to the same addresses. */
  schemes?: ('http' | 'https')[];
  /** What comes of an address that is blocked: `blocked_address` unless given. */
  blocked?: Outcome;
  /** What comes of any redirect, where none is followed. */
  redirected?: Outcome;
  /** Answers what calls a URL there; where it may follow redirects, so many. */
  open(surroundings: Surroundings, redirects: number): Promise<(url: string) => Promise<Outcome>>;
}

/** A route that makes calls on somebody's behalf joins here. */
export const EXITS: Exit[] = [
  {
    name: 'a step of a run',
    open: (around, redirects) => runs(around, { input: { url: '{{ trigger.data.url }}', redirects } }),
  },
  {
    name: 'a file that a form names by its URL',
    open: (around) => {
      const body = [{ key: 'file', value: '{{ trigger.data.file }}' }];
      return runs(around, { action: 'custom', input: { url: around.ally, bodyType: 'form-data', body } });
    },
  },
  {
    name: 'the test of a step',
    open: async ({ app }, redirects) => {
      const { body } = await app.call('POST', '/api/v1/integrations', {
        name: 'Test',
        trigger: { type: 'manual' },
        steps: [{ ...STEP, input: { url: '{{ trigger.data.url }}', redirects } }],
      });
      const path = `/api/v1/integrations/${body.id}/steps/a/test`;
      return async (url) => outcomeOf(await app.call('POST', path, { event: { data: { url } } }));
    },
  },
  {
    name: 'the test of a connection',
    redirected: 'redirect',
    open: async ({ app }) => {
      const { body } = await app.call('POST', '/api/v1/connections', { name: 'CRM', auth: { type: 'none' } });
      return async (url) => outcomeOf(await app.call('POST', `/api/v1/connections/${body.id}/test`, { url }));
    },
  },
  {
    name: 'the proxy of a connection',
    redirected: 'redirect',
    open:
      async ({ app, ally }) =>
      (url) =>
        tested(app, ally, { auth: { type: 'none' }, proxy: { url: url.replace(/\/x$/, '') } }),
  },
  {
    name: 'the code of a sign-in, for tokens',
    schemes: ['http', 'https'],
    redirected: 'redirect',
    open:
      async ({ app }) =>
      (url) =>
        signedIn(app, { ...PROVIDER, accessTokenUrl: url }),
  },
  {
    name: 'the refresh of an access token',
    schemes: ['http', 'https'],
    redirected: 'redirect',
    open:
      async ({ app, ally }) =>
      (url) =>
        tested(app, ally, {
          auth: oauth2({ ...PROVIDER, accessTokenUrl: url }, { accessToken: 'old', refreshToken: 'r3fresh' }),
        }),
  },
  {
    name: 'the token of a client itself',
    schemes: ['http', 'https'],
    redirected: 'redirect',
    open:
      async ({ app, ally }) =>
      (url) =>
        tested(app, ally, { auth: clientCredentials({ ...PROVIDER, accessTokenUrl: url }) }),
  },
  {
    // Two addresses are asked for what the provider says of itself. Where none answers the sign-in goes on without.
    name: 'the search for what a provider says of itself',
    requests: 2,
    blocked: 'nothing known',
    redirected: 'nothing known',
    open:
      async ({ app }) =>
      async (url) => {
        const outcome = await signedIn(app, { ...PROVIDER, authorizationUrl: url });
        if (outcome === 'auth') return 'answered'; // a provider that says its name does so when the person comes back
        return outcome === 'dns' ? 'nothing known' : outcome;
      },
  },
];

/** An answer that every exit takes for a good one. @param origin of the receiver, as it was asked for */
export const answerFor = (origin: string): string =>
  JSON.stringify({
    access_token: 'a-token',
    token_type: 'Bearer',
    expires_in: 3600,
    issuer: origin,
    authorization_endpoint: `${origin}/x`,
    authorization_response_iss_parameter_supported: true,
  });

const STEP = { key: 'a', action: 'get', timeoutMs: 30_000, retry: { attempts: 1 } };

/** Nobody has ever heard of it. */
const PROVIDER = {
  authorizationUrl: 'http://unheard/x',
  accessTokenUrl: 'http://unheard/token',
  clientId: 'client',
  clientSecret: 's3cret',
  scope: '',
  clientAuth: 'body' as const,
};

const outcomeOf = ({ status, body }: { status: number; body: any }): Outcome => {
  if (status === 400 || status === 422) return 'refused';
  return body.error?.code ?? 'answered';
};

/** Of runs, each for an event that brings the URL. */
async function runs({ app }: Surroundings, step: object) {
  const exit = randomUUID();
  const filter = `trigger.data.exit == "${exit}"`;
  const trigger = { type: 'event', eventType: 'project.task.completed', filter };
  await turnedOn(app, [{ ...STEP, ...step }], { trigger });
  return async (url: string): Promise<Outcome> => {
    const { body } = await send(app, { url, file: { url, filename: 'a.txt' }, exit });
    return (await finishedRun(app, body.runs[0])).error?.code ?? 'answered';
  };
}

async function madeConnection(app: TestApp, rest: object): Promise<string | null> {
  const { status, body } = await app.call('POST', '/api/v1/connections', { name: 'CRM', ...rest });
  return status === 201 ? body.id : null;
}

/** Of a call to `url` with a new connection, whose access token, if it has one, has just ended. */
async function tested(app: TestApp, url: string, connection: { auth: object; proxy?: object }): Promise<Outcome> {
  const id = await madeConnection(app, connection);
  if (id === null) return 'refused';
  if ('refreshToken' in connection.auth) await letTokenEnd(app, id);
  return outcomeOf(await app.call('POST', `/api/v1/connections/${id}/test`, { url }));
}

/** Of a person who signs in, and comes back with a code that is no good. */
async function signedIn(app: TestApp, provider: typeof PROVIDER): Promise<Outcome> {
  const id = await madeConnection(app, { auth: oauth2(provider) });
  if (id === null) return 'refused';
  const { body } = await app.call('POST', `/api/v1/connections/${id}/authorize`);
  const state = new URL(body.authorizationUrl).searchParams.get('state')!;
  await fetch(`${app.url}/oauth/callback?${new URLSearchParams({ state, code: 'c0de' }).toString()}`);
  return (await app.call('GET', `/api/v1/connections/${id}`)).body.auth.error?.code ?? 'answered';
}
