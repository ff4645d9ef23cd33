import type { CurlForm } from './curl-form.js';
import { textOf, valuesOf, type SentRequest } from './sent-request.js';

/** Linux takes no argument longer than 128 KiB (MAX_ARG_STRLEN); a longer body goes through a pipe. */
const MAX_ARGUMENT_BYTES = 96 * 1024;
/** From here on curl asks first (RFC 9110, 10.1.1), which our client never does. */
const EXPECT_BYTES = 1024 * 1024;
const BASE64_LINE = 76;

/** Methods that announce an empty body by `Content-Length: 0` (RFC 9110, 8.6). */
const ANNOUNCES_EMPTY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * A command for any POSIX shell that makes the same request: method, URL, headers in their order, body byte for byte.
 * A body that is not plain text, or too long for an argument, is piped in as base64, so that pasting the command never
 * sends control characters to a terminal. Differences that remain: curl names its own `Accept-Encoding`, and masked
 * values are as masked as in the log.
 */
export function curlCommand(request: SentRequest): string {
  const { method, headers, body } = request;
  const sendsBody = method !== 'HEAD' && (body !== null || ANNOUNCES_EMPTY.has(method));
  const options = [...optionsOf(request), ...withoutCurlsOwn(headers, sendsBody, body?.length ?? 0)];
  if (!sendsBody) return command(options);
  const text = argumentText(body ?? Buffer.alloc(0));
  // Not --data-binary: it would take a text that begins with @ for the name of a file.
  if (text !== null) return command([...options, `--data-raw ${quoted(text)}`]);
  const lines = body!.toString('base64').match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? [];
  return `base64 -d <<'EOF' | ${command([...options, '--data-binary @-'])}${lines.join('\n')}\nEOF\n`;
}

/** The same for a form with parts: curl chooses a boundary of its own. Null where an argument cannot hold a part. */
export function curlFormCommand(request: SentRequest, { notes, fields }: CurlForm): string | null {
  if (fields.some((field) => field.includes('\0') || Buffer.byteLength(field) > MAX_ARGUMENT_BYTES)) return null;
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  const options = [
    ...optionsOf({ ...request, headers }),
    ...withoutCurlsOwn(headers, false, EXPECT_BYTES),
    ...fields.map(
      (field) => `-F ${argumentText(Buffer.from(field)) === null ? printed(latin1(field)) : quoted(field)}`,
    ),
  ];
  return [...notes, command(options)].join('\n');
}

/** Everything but the body, the URL first. */
function optionsOf({ method, url: source, headers, body }: SentRequest): string[] {
  const url = URL.parse(source);
  const options = [quoted(url ? url.origin + url.pathname + url.search : source)];
  if (url?.protocol === 'https:') options.push('--http1.1');
  // curl would take [1-3] and {a,b} for a list of URLs.
  if (/[[\]{}]/.test(source)) options.push('--globoff');
  if (method === 'HEAD') options.push('--head');
  else if (method !== 'GET' || body !== null) options.push(`-X ${quoted(method)}`);
  options.push(...headers.map(([name, value]) => `-H ${headerArgument(name, value)}`));
  if (valuesOf(headers, 'accept-encoding').length === 0) options.push('--compressed');
  return options;
}

/** Its bytes in UTF-8, as `printed` takes them. */
const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

const command = (options: string[]): string => `curl ${options.join(' \\\n  ')}\n`;

/** What curl adds by itself and our client did not send. */
function withoutCurlsOwn(headers: [string, string][], sendsBody: boolean, bytes: number): string[] {
  const own = [
    'Accept',
    'User-Agent',
    ...(sendsBody ? ['Content-Type'] : []),
    ...(bytes >= EXPECT_BYTES ? ['Expect'] : []),
  ];
  return own.filter((name) => valuesOf(headers, name.toLowerCase()).length === 0).map((name) => `-H '${name}:'`);
}

/** `Name:` alone would remove the header; `Name;` sends it empty. */
const headerArgument = (name: string, value: string): string => {
  const line = value === '' ? `${name};` : `${name}: ${value}`;
  return /^[\x20-\x7e]*$/.test(line) ? quoted(line) : printed(line);
};

/** Between single quotes every byte stands for itself, but for the quote (POSIX.1-2024, 2.2.2). */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Header values are bytes: as text in a UTF-8 terminal they would become others, so each is written as octal. */
const printed = (line: string): string =>
  `"$(printf '${line
    .replace(/[%\\]/g, (char) => char + char)
    .replace(/[^\x20-\x7e]|'/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)}')"`;

/** Null where the body cannot be an argument: no text, too long, or with characters that do things to a terminal. */
function argumentText(body: Buffer): string | null {
  if (body.length > MAX_ARGUMENT_BYTES) return null;
  const text = textOf(body);
  return text === null || /[^\P{C}\n\t\u200d]|[\u2028\u2029]/u.test(text) ? null : text;
}
