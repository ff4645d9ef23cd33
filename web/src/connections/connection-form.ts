import {
  NO_TRANSPORT,
  proxyOf,
  tlsOf,
  TRANSPORT_FIELDS,
  transportFormOf,
  type TransportForm,
} from './transport-form.js';
import type { Connection, ConnectionPatch, ConnectionType, Fault, NewConnection } from '../api/types.js';

/** What the dialog holds. A secret is null where the stored one stays; lists are lines of text. */
export interface ConnectionForm extends TransportForm {
  type: ConnectionType;
  name: string;
  allowedHosts: string;
  username: string;
  password: string | null;
  token: string | null;
  keyName: string;
  keyValue: string | null;
  keyIn: 'header' | 'query';
  /** Masks of stored secrets that stay. */
  kept: string[];
  secrets: string;
  authorizationUrl: string;
  accessTokenUrl: string;
  clientId: string;
  clientSecret: string | null;
  scope: string;
  state: string;
  /** Null: got by signing in, or the one that is held. */
  accessToken: string | null;
  extra: { key: string; value: string }[];
  clientAuth: 'header' | 'body';
}

export type FieldName = keyof ConnectionForm;
export type FieldProblems = Partial<Record<FieldName, string>>;

/** What the fields of every way to sign in are given. */
export interface AuthFieldsProps {
  form: ConnectionForm;
  problems: FieldProblems;
  /** The stored connection signs in in the same way: its secrets can stay. */
  isStored: boolean;
  /** The end of the access token that is held. */
  held?: string | null;
  change: (part: Partial<ConnectionForm>) => void;
}

const EMPTY: ConnectionForm = {
  type: 'oauth2',
  name: '',
  allowedHosts: '',
  username: '',
  password: '',
  token: '',
  keyName: '',
  keyValue: '',
  keyIn: 'header',
  kept: [],
  secrets: '',
  authorizationUrl: '',
  accessTokenUrl: '',
  clientId: '',
  clientSecret: '',
  scope: '',
  state: '',
  accessToken: null,
  extra: [],
  clientAuth: 'header',
  ...NO_TRANSPORT,
};

/** The form of a stored connection, or of a new one. */
export function formOf(connection: Connection | null, type: ConnectionType = EMPTY.type): ConnectionForm {
  if (connection === null) return { ...EMPTY, type };
  const { name, auth } = connection;
  const hosts = { allowedHosts: connection.allowedHosts.join('\n') };
  const shared = { ...EMPTY, ...transportFormOf(connection), type: auth.type, name, ...hosts };
  switch (auth.type) {
    case 'none':
      return shared;
    case 'basic':
      return { ...shared, username: auth.username, password: null };
    case 'bearer':
      return { ...shared, token: null };
    case 'api-key':
      return { ...shared, keyName: auth.name, keyValue: null, keyIn: auth.in };
    case 'standard-webhooks':
    case 'shared-secret':
      return { ...shared, kept: auth.secrets };
    case 'oauth2': {
      const { authorizationUrl, accessTokenUrl, clientId, scope, state, clientAuth } = auth;
      const extra = Object.entries(auth.extraAuthParams).map(([key, value]) => ({ key, value }));
      return {
        ...shared,
        authorizationUrl,
        accessTokenUrl,
        clientId,
        scope,
        state,
        clientAuth,
        extra,
        clientSecret: null,
      };
    }
    case 'oauth2-client-credentials': {
      const { accessTokenUrl, clientId, scope, clientAuth } = auth;
      return { ...shared, accessTokenUrl, clientId, scope, clientAuth, clientSecret: null };
    }
  }
}

/** What is sent: secrets that stay are left out. Texts that were pasted with a space around them lose it. */
function authOf(form: ConnectionForm): object {
  const { type, clientAuth } = form;
  const clientId = form.clientId.trim();
  const accessTokenUrl = form.accessTokenUrl.trim();
  const scope = form.scope.trim();
  const clientSecret = form.clientSecret ?? undefined;
  switch (type) {
    case 'none':
      return { type };
    case 'basic':
      return { type, username: form.username, password: form.password ?? undefined };
    case 'bearer':
      return { type, token: form.token?.trim() };
    case 'api-key':
      return { type, name: form.keyName.trim(), value: form.keyValue ?? undefined, in: form.keyIn };
    case 'standard-webhooks':
    case 'shared-secret':
      return { type, secrets: [...linesOf(form.secrets), ...form.kept] };
    case 'oauth2':
      return {
        type,
        authorizationUrl: form.authorizationUrl.trim(),
        accessTokenUrl,
        clientId,
        clientSecret,
        scope,
        state: form.state,
        accessToken: form.accessToken?.trim() || undefined,
        extraAuthParams: Object.fromEntries(form.extra.filter(({ key }) => key !== '').map((p) => [p.key, p.value])),
        clientAuth,
      };
    case 'oauth2-client-credentials':
      return { type, accessTokenUrl, clientId, clientSecret, scope, clientAuth };
  }
}

export const newConnectionOf = (form: ConnectionForm): NewConnection =>
  ({
    name: form.name.trim(),
    allowedHosts: linesOf(form.allowedHosts),
    ...(tlsOf(form) !== null && { tls: tlsOf(form) }),
    ...(proxyOf(form) !== null && { proxy: proxyOf(form) }),
    auth: authOf(form),
  }) as NewConnection;

/** Only what differs from the stored one: a sign-in that was not touched keeps its test and its tokens. */
export function patchOf(form: ConnectionForm, stored: Connection): ConnectionPatch {
  const before = formOf(stored);
  const changed = (of: (each: ConnectionForm) => unknown) => JSON.stringify(of(form)) !== JSON.stringify(of(before));
  return {
    ...(form.name.trim() !== before.name && { name: form.name.trim() }),
    ...(changed((each) => linesOf(each.allowedHosts)) && { allowedHosts: linesOf(form.allowedHosts) }),
    ...(changed(tlsOf) && { tls: tlsOf(form) }),
    ...(changed(proxyOf) && { proxy: proxyOf(form) }),
    ...(changed(authOf) && { auth: authOf(form) }),
  } as ConnectionPatch;
}

/** Another way to sign in needs its own secret: what is stored is of no use to it. */
export function withType(form: ConnectionForm, type: ConnectionType, stored: Connection | null): ConnectionForm {
  const own = stored?.auth.type === type ? formOf(stored) : EMPTY;
  const { password, token, keyValue, kept, clientSecret } = own;
  return { ...form, type, password, token, keyValue, kept, clientSecret, accessToken: null };
}

const MISSING: Partial<Record<ConnectionType, [FieldName, string][]>> = {
  basic: [['username', 'Give the user name.']],
  bearer: [['token', 'Give the token.']],
  'api-key': [
    ['keyName', 'Give the name of the header or the query parameter.'],
    ['keyValue', 'Give the key.'],
  ],
  oauth2: [
    ['authorizationUrl', 'Give the address at which people sign in.'],
    ['accessTokenUrl', 'Give the address that gives tokens.'],
    ['clientId', 'Give the client ID that the provider gave you.'],
  ],
  'oauth2-client-credentials': [
    ['accessTokenUrl', 'Give the address that gives tokens.'],
    ['clientId', 'Give the client ID that the provider gave you.'],
  ],
};

/** What can be said without asking the server: the rest is judged there. */
export function problemsOf(form: ConnectionForm): FieldProblems {
  const needed: [FieldName, string][] = [['name', 'Give it a name: steps show it.'], ...(MISSING[form.type] ?? [])];
  const problems: FieldProblems = {};
  for (const [field, message] of needed) {
    const value = form[field];
    if (typeof value === 'string' && value.trim() === '') problems[field] = message;
  }
  const isSigned = form.type === 'standard-webhooks' || form.type === 'shared-secret';
  if (isSigned && form.kept.length === 0 && linesOf(form.secrets).length === 0)
    problems.secrets = 'Give at least one secret.';
  return problems;
}

/** Fields of the API by their names in the form, where they differ. */
const FORM_NAMES: Record<string, FieldName> = { extraAuthParams: 'extra', in: 'keyIn', value: 'keyValue' };

/** The server's faults by field; `others` are about none. */
export function problemsIn(faults: Fault[], form: ConnectionForm): { problems: FieldProblems; others: string[] } {
  const problems: FieldProblems = {};
  const others: string[] = [];
  for (const { path, message } of faults) {
    const [, first = '', second = ''] = path.split('/');
    const field = first === 'auth' ? authField(second, form.type) : (TRANSPORT_FIELDS[`${first}/${second}`] ?? first);
    if (field in EMPTY && field !== 'type') problems[field as FieldName] ??= message;
    else others.push(message);
  }
  return { problems, others };
}

const authField = (name: string, type: ConnectionType): string =>
  name === 'name' && type === 'api-key' ? 'keyName' : (FORM_NAMES[name] ?? name);

export const linesOf = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
