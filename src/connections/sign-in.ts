import type { BuiltRequest } from '../connectors/action.js';
import type { Transport } from '../platform/http/transport.js';
import { isAllowedHost } from './allowed-hosts.js';
import {
  parseStandardWebhookKey,
  signs,
  standardWebhookHeaders,
  type StandardWebhookKey,
} from './standard-webhooks.js';
import { addedNames, MASK, type AddedNames, type StaticAuth } from './connection-auth.js';
import { EchoMask } from './echo-mask.js';

/** A request with its credentials, for the HTTP client alone: never logged, never stored. */
export interface SignedRequest extends BuiltRequest {
  credentials: AddedNames;
  /** For what the receiver answers; null where nothing secret is sent. */
  echoes: EchoMask | null;
  transport?: Transport;
}

export type SigningOutcome =
  { kind: 'signed'; sent: SignedRequest; shown: BuiltRequest } | { kind: 'refused'; message: string };

/** One try of one call: what a signature is bound to. */
export interface SignedMoment {
  /** The same for every attempt of one call. */
  id: string;
  nowMs: number;
}

/**
 * Somebody's sign-in, ready to use. Its secret leaves it in the requests it signs, and through `revealed` to the door
 * that holds what came in against it: in no other way.
 */
export class SignIn {
  readonly #auth: StaticAuth;
  readonly #keys: StandardWebhookKey[];
  readonly #echoes: EchoMask | null;

  constructor(
    readonly name: string,
    private readonly allowedHosts: readonly string[],
    auth: StaticAuth,
    private readonly transport?: Transport,
  ) {
    this.#auth = auth;
    this.#keys =
      auth.type === 'standard-webhooks' ? auth.secrets.flatMap((text) => parseStandardWebhookKey(text) ?? []) : [];
    this.#echoes = EchoMask.of([...sentSecrets(auth), ...proxySecrets(transport)]);
  }

  /** A signature grows old: it must be made shortly before the request is sent. */
  get isTimed(): boolean {
    return this.#auth.type === 'standard-webhooks';
  }

  /** With its secrets, to verify what somebody else has signed. Never to be logged, stored or answered. */
  revealed(): StaticAuth {
    return this.#auth;
  }

  /**
   * Adds the credentials, in the place of whatever the request has under the same names; `shown` is what may be stored
   * and read. Refuses a host that the connection is not for.
   */
  sign(request: BuiltRequest, moment: SignedMoment): SigningOutcome {
    // A URL that cannot be parsed goes on: the HTTP client says what is wrong with it, and sends nothing.
    const url = URL.canParse(request.url) ? new URL(request.url) : null;
    if (url && !isAllowedHost(this.allowedHosts, url)) {
      const message =
        `The connection "${this.name}" may not be used for ${url.host}: nothing was sent. ` +
        `Its allowed hosts: ${this.allowedHosts.join(', ')}.`;
      return { kind: 'refused', message };
    }
    const auth = this.#auth;
    const credentials = addedNames(auth);
    const signed = (sent: BuiltRequest, shown: BuiltRequest): SigningOutcome => ({
      kind: 'signed',
      sent: { ...sent, credentials, echoes: this.#echoes, transport: this.transport },
      shown,
    });
    switch (auth.type) {
      case 'none':
        return signed(request, request);
      case 'basic': {
        const pair = basicPair(auth);
        const name = 'Authorization';
        return signed(withHeader(request, name, `Basic ${pair}`), withHeader(request, name, `Basic ${MASK}`));
      }
      case 'bearer': {
        const name = 'Authorization'; // RFC 6750, 2.1
        return signed(withHeader(request, name, `Bearer ${auth.token}`), withHeader(request, name, `Bearer ${MASK}`));
      }
      case 'api-key': {
        const { name, value } = auth;
        if (auth.in === 'header') return signed(withHeader(request, name, value), withHeader(request, name, MASK));
        return signed(withQuery(request, name, encoded(value)), withQuery(request, name, MASK));
      }
      case 'standard-webhooks':
        return this.signedBody(request, moment, signed);
      case 'shared-secret': {
        const message = `The connection "${this.name}" verifies what comes in at a hook URL; it cannot sign in anywhere.`;
        return { kind: 'refused', message };
      }
    }
  }

  private signedBody(
    request: BuiltRequest,
    { id, nowMs }: SignedMoment,
    signed: (sent: BuiltRequest, shown: BuiltRequest) => SigningOutcome,
  ): SigningOutcome {
    if (request.form) {
      const message = `The connection "${this.name}" signs the bytes of the body, and a form with parts is sent as it is read: choose another body type.`;
      return { kind: 'refused', message };
    }
    if (!this.#keys.some(signs)) {
      const message = `The connection "${this.name}" has only public keys, which verify and cannot sign: add a whsec_ or whsk_ secret.`;
      return { kind: 'refused', message };
    }
    const headers = standardWebhookHeaders(this.#keys, id, nowMs, request.body ?? Buffer.alloc(0));
    // A signature gives nothing of its secret away: it is shown as it was sent.
    const whole = headers.reduce((each, [name, value]) => withHeader(each, name, value), request);
    return signed(whole, whole);
  }
}

/** What goes out in the clear. */
function sentSecrets(auth: StaticAuth): string[] {
  switch (auth.type) {
    case 'basic':
      return [auth.password, basicPair(auth)];
    case 'bearer':
      return [auth.token];
    case 'api-key':
      return [auth.value];
    default:
      return [];
  }
}

/** A proxy answers too, in the place of the receiver. */
function proxySecrets(transport: Transport | undefined): string[] {
  const pair = transport?.proxyAuthorization?.replace('Basic ', '');
  if (!pair) return [];
  const [, password] = /:(.*)$/s.exec(Buffer.from(pair, 'base64').toString())!;
  return [password, pair];
}

/** RFC 7617. */
const basicPair = ({ username, password }: { username: string; password: string }): string =>
  Buffer.from(`${username}:${password}`, 'utf8').toString('base64');

function withHeader(request: BuiltRequest, name: string, value: string): BuiltRequest {
  const others = request.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...request, headers: [...others, [name, value]] };
}

function withQuery(request: BuiltRequest, name: string, text: string): BuiltRequest {
  const [, start, query = '', fragment] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(request.url)!;
  const others = query.split('&').filter((pair) => pair !== '' && decoded(pair.split('=')[0]) !== name);
  return { ...request, url: `${start}?${[...others, `${encoded(name)}=${text}`].join('&')}${fragment}` };
}

/** As one component of RFC 3986. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
