import { MAX_TIMEOUT_MS } from '../../core/definition.js';
import { invalid, type Fault } from '../../core/errors.js';
import { appendQuery } from '../http/http.url.js';
import { belongsToConnection } from '../http/http.headers.js';
import { formField, type CurlField, type CurlPart } from './curl-form-field.js';
import { curlOptions, type CurlOption } from './curl-options.js';
import { ShellFault, shellWords } from './curl-words.js';

export interface CurlWarning {
  flag: string;
  message: string;
}

/** The request that a curl command makes. */
export interface CurlRequest {
  method: string;
  url: string;
  headers: [string, string][];
  /** Null: none is sent. */
  body: string | null;
  /** Sent in the place of `body`. */
  form: CurlPart[] | null;
  /** curl itself wrote the body's form, so that any writing of the same pairs is as good. */
  isEncoded: boolean;
  redirects: number;
  timeoutMs: number | null;
  /** Of every option that is not, or not wholly, in the request. */
  warnings: CurlWarning[];
}

const MAX_REDIRECTS = 10;
const MAX_WARNINGS = 100;

/** Options that ask for what a step does anyway. */
const ALREADY_SO: ReadonlySet<string> = new Set(['compressed', 'fail', 'http1.1', 'basic']);
const OUTPUT_ONLY: ReadonlySet<string> = new Set([
  ...['silent', 'show-error', 'verbose', 'include', 'no-buffer', 'progress-bar', 'no-progress-meter', 'output'],
  ...['remote-name', 'write-out', 'dump-header', 'trace', 'trace-ascii', 'stderr', 'remote-time', 'remote-header-name'],
]);
const IN_THE_OPEN = 'It stands in a header of the step, for all who may read the step. A connection hides it.';
const IN_CONNECTION = 'It belongs to a connection: set it there, and choose the connection in the step.';
const SIGNS_OTHERWISE = 'A step cannot sign in this way: the user name and password are left out.';
const WHY_NOT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['insecure', 'cacert', 'cert', 'key', 'pass', 'proxy', 'proxy-user'].map((name) => [name, IN_CONNECTION]),
  ),
  ...{ digest: SIGNS_OTHERWISE, ntlm: SIGNS_OTHERWISE, negotiate: SIGNS_OTHERWISE, 'aws-sigv4': SIGNS_OTHERWISE },
  'upload-file': 'Files of your machine cannot be sent: put the body into the step.',
  config: 'Files of your machine cannot be read: add what stands in it to the command.',
  'location-trusted': 'Credentials are never sent on to another origin.',
  'connect-timeout': 'A step has one timeout, for the whole call.',
  retry: "Set the step's retries instead.",
};

/** Throws 422 where the text is no curl command with a URL. */
export function readCurl(command: string): CurlRequest {
  const { words, warnings } = wordsOf(command);
  const start = words[0] === '$' ? 1 : 0;
  if (!/(^|[\\/])curl(\.exe)?$/i.test(words[start] ?? '')) {
    throw refused('no_curl', 'This is no curl command: it must begin with "curl".');
  }
  const draft = new Draft(warnings);
  for (const option of curlOptions(words.slice(start + 1))) {
    if (option.name === 'next') {
      draft.warn('--next', 'A step makes one call: what comes after it is left out.');
      break;
    }
    if (option.takesValue && option.value === null) draft.warn(option.flag, 'Its value is missing.');
    else draft.take(option, option.value ?? '');
  }
  return draft.request();
}

function wordsOf(command: string) {
  try {
    return shellWords(command);
  } catch (error) {
    if (error instanceof ShellFault) throw refused('unreadable_command', error.message);
    throw error;
  }
}

export const refused = (code: string, message: string): Error => {
  const fault: Fault = { path: '/command', code, message };
  return invalid(code, [fault]);
};

/** What is known of the request while its options are read, in their order. */
class Draft {
  private readonly urls: string[] = [];
  private readonly headers: [string, string][] = [];
  private readonly removed = new Set<string>();
  private readonly data: string[] = [];
  private readonly query: string[] = [];
  private readonly cookies: string[] = [];
  private method: string | null = null;
  private isHead = false;
  private isGet = false;
  private readonly form: CurlPart[] = [];
  private isEncoded = true;
  private isJson = false;
  private user: { flag: string; login: string } | null = null;
  /** Not by Basic: a receiver that is never to see the password must not be sent it. */
  private signsOtherwise = false;
  /** A body that cannot be read from here still makes the call one that sends. */
  private sendsFile = false;
  private bearer: string | null = null;
  private follows = false;
  private globs = true;
  private maxRedirs: number | null = null;
  private timeoutMs: number | null = null;
  private userAgent: string | null = null;
  private referer: string | null = null;

  constructor(private readonly warnings: CurlWarning[]) {}

  warn(flag: string, message: string): void {
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push({ flag: flag.slice(0, 100), message });
  }

  take({ flag, name }: CurlOption, value: string): void {
    switch (name) {
      case '':
      case 'url':
        return void this.urls.push(value);
      case 'request':
        return void (this.method = value);
      case 'head':
        return void (this.isHead = true);
      case 'get':
        return void (this.isGet = true);
      case 'header':
        return this.header(flag, value);
      case 'data':
      case 'data-ascii':
      case 'data-binary':
        return value.startsWith('@') ? this.bodyFile(flag) : this.plain(value);
      case 'data-raw':
        return this.plain(value);
      case 'json':
        this.isJson = true;
        return value.startsWith('@') ? this.bodyFile(flag) : void this.data.push(value);
      case 'data-urlencode':
        return this.encoded(flag, value, this.data);
      case 'url-query':
        return value.startsWith('+') ? void this.query.push(value.slice(1)) : this.encoded(flag, value, this.query);
      case 'user':
        return void (this.user = { flag, login: value });
      case 'oauth2-bearer':
        this.warn(flag, IN_THE_OPEN);
        return void (this.bearer = value);
      case 'user-agent':
        return void (this.userAgent = value);
      case 'referer':
        if (value.endsWith(';auto')) this.warn(flag, '";auto" is left out: the header stays the same in every call.');
        return void (this.referer = value.replace(/;auto$/, ''));
      case 'cookie':
        if (value.includes('=')) return void this.cookies.push(value);
        return this.warn(flag, 'Cookies are not read from files: write them as name=value.');
      case 'form':
        return this.field(flag, formField(value));
      case 'form-string': {
        const at = value.indexOf('=');
        const part = at < 1 ? null : { name: value.slice(0, at), text: value.slice(at + 1) };
        return this.field(flag, { part, problem: part ? null : 'It has no name and value.' });
      }
      case 'location':
        return void (this.follows = true);
      case 'globoff':
        return void (this.globs = false);
      case 'max-redirs':
        return this.limit(flag, value);
      case 'max-time':
        return this.timeout(flag, value);
      default:
        if (name === 'location-trusted') this.follows = true;
        if (name === 'upload-file') this.method ??= 'PUT';
        if (WHY_NOT[name] === SIGNS_OTHERWISE) this.signsOtherwise = true;
        if (ALREADY_SO.has(name)) return;
        return this.warn(
          flag,
          OUTPUT_ONLY.has(name)
            ? 'It changes only what curl prints.'
            : (WHY_NOT[name] ?? 'A step has nothing like it: left out.'),
        );
    }
  }

  request(): CurlRequest {
    const { url, user } = this.target();
    const hasData = this.data.length > 0;
    const body = this.data.join(this.isJson ? '' : '&');
    const query = [...this.query, ...(this.isGet && hasData ? [body] : [])].join('&');
    const isForm = this.form.length > 0;
    if (isForm && hasData) this.warn('-d', 'A call has one body: the form is taken, and this data is left out.');
    const sends = (hasData || isForm || this.sendsFile) && !this.isGet;
    if (this.isJson) this.addDefault('Content-Type', 'application/json');
    if (this.isJson) this.addDefault('Accept', 'application/json');
    if (sends && !isForm) this.addDefault('Content-Type', 'application/x-www-form-urlencoded');
    if (sends && this.removed.has('content-type')) {
      this.warn('-H Content-Type:', 'A body is always sent with its content type.');
    }
    if (this.userAgent) this.addDefault('User-Agent', this.userAgent);
    if (this.referer) this.addDefault('Referer', this.referer);
    if (this.cookies.length > 0) this.addDefault('Cookie', this.cookies.join('; '));
    const signIn = this.user ?? (user === null ? null : { flag: 'URL', login: user });
    if (signIn !== null && !this.signsOtherwise) {
      this.warn(signIn.flag, IN_THE_OPEN);
      this.addDefault('Authorization', basic(signIn.login));
    }
    if (this.bearer !== null) this.addDefault('Authorization', `Bearer ${this.bearer}`);
    return {
      method: this.method ?? (this.isHead ? 'HEAD' : sends ? 'POST' : 'GET'),
      url: appendQuery(url, query),
      headers: this.headers,
      body: sends && hasData && !isForm ? body : null,
      form: sends && isForm ? this.form : null,
      isEncoded: this.isEncoded,
      redirects: this.redirects(),
      timeoutMs: this.timeoutMs,
      warnings: this.warnings,
    };
  }

  /** The first URL; `user:password@` in it becomes a header, and what no server sees of it goes. */
  private target(): { url: string; user: string | null } {
    const [first, ...others] = this.urls.toSorted((a, b) => Number(hasScheme(b)) - Number(hasScheme(a)));
    if (first === undefined) throw refused('no_url', 'The command has no URL.');
    for (const other of others) this.warn(other, 'A step makes one call: this word is left out.');
    const whole = (hasScheme(first) ? first : `http://${first}`).split('#', 1)[0].trim();
    const authority = /^(https?:\/\/)([^/?]*)@([^/?@]*)/i.exec(whole);
    const url = authority ? authority[1] + whole.slice(authority[0].length - authority[3].length) : whole;
    if (!/^https?:/i.test(url) || !URL.canParse(url)) {
      throw refused(
        'invalid_url',
        'The URL of the command cannot be called: it must be a whole http:// or https:// URL.',
      );
    }
    if (this.globs && /[{}]|\[\d+-/.test(url))
      this.warn('URL', 'Braces and brackets are taken as text, not as a list of URLs.');
    return { url, user: authority ? decoded(authority[2]) : null };
  }

  private header(flag: string, text: string): void {
    if (text.startsWith('@')) return this.fileOf(flag);
    const [, name, sign, value] = /^([^:;]*)([:;]?)([^]*)$/.exec(text)!;
    const lower = name.trim().toLowerCase();
    if (sign === '' || lower === '')
      return this.warn(`${flag} ${name}`, 'This is no header: it has no name and value.');
    if (sign === ':' && value.trim() === '') {
      this.removed.add(lower);
      if (['accept', 'user-agent'].includes(lower)) this.warn(`${flag} ${text}`, 'This header is always sent.');
      return;
    }
    if (belongsToConnection(lower)) {
      return this.warn(`${flag} ${name}`, 'This header belongs to the connection: it is made for each call.');
    }
    this.headers.push([name.trim(), sign === ';' ? '' : value.trim()]);
  }

  private plain(text: string): void {
    this.isEncoded = false;
    this.data.push(text);
  }

  private field(flag: string, { part, problem }: CurlField): void {
    if (problem !== null) this.warn(flag, problem);
    if (part !== null) this.form.push(part);
  }

  private addDefault(name: string, value: string): void {
    const lower = name.toLowerCase();
    if (this.removed.has(lower) || this.headers.some(([each]) => each.toLowerCase() === lower)) return;
    this.headers.push([name, value]);
  }

  /** `content`, `=content`, `name=content`; with @ a file. */
  private encoded(flag: string, text: string, into: string[]): void {
    const [, name, sign, content] = /^([^=@]*)([=@]?)([^]*)$/.exec(text)!;
    if (sign === '@') return into === this.data ? this.bodyFile(flag) : this.fileOf(flag);
    if (sign === '') into.push(encodeURIComponent(name.toWellFormed()));
    else into.push(`${name === '' ? '' : `${name}=`}${encodeURIComponent(content.toWellFormed())}`);
  }

  private bodyFile(flag: string): void {
    this.sendsFile = true;
    this.fileOf(flag);
  }

  private fileOf(flag: string): void {
    this.warn(flag, 'Files of your machine cannot be read: put what stands in it into the step.');
  }

  private limit(flag: string, value: string): void {
    const limit = Number(value);
    if (!Number.isInteger(limit)) return this.warn(flag, 'This is no whole number.');
    this.maxRedirs = limit < 0 ? MAX_REDIRECTS : Math.min(limit, MAX_REDIRECTS);
    if (limit < 0 || limit > MAX_REDIRECTS) this.warn(flag, `At most ${MAX_REDIRECTS} redirects are followed.`);
  }

  private redirects(): number {
    return this.follows ? (this.maxRedirs ?? MAX_REDIRECTS) : 0;
  }

  private timeout(flag: string, value: string): void {
    const ms = Math.round(Number(value) * 1_000);
    if (!(ms > 0)) return this.warn(flag, 'This is no number of seconds.');
    this.timeoutMs = Math.min(ms, MAX_TIMEOUT_MS);
    if (ms > MAX_TIMEOUT_MS) this.warn(flag, `A call takes at most ${MAX_TIMEOUT_MS / 1_000} seconds.`);
  }
}

const hasScheme = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);

/** RFC 7617; curl would ask for a password that is missing. */
const basic = (login: string): string =>
  `Basic ${Buffer.from(login.includes(':') ? login : `${login}:`).toString('base64')}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
