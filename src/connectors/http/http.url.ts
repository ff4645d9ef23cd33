import { MappingError, type Template } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import { compileText, type FaultList, type Mapped } from './mapped-value.js';
import { encodeComponent } from './pairs.js';

/** A scheme and an authority that has ended (RFC 3986, section 3): what follows is path or query. */
const AFTER_AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*[/?#]/i;
const NO_HOST = /^https?:\/\/([/\\?#]|$)/i;
const IN_AUTHORITY = /^[^/?#@\\\s]*$/;
const CONTROL = /[\u0000-\u001f\u007f]/;
/** `.` and `..`, which a URL parser resolves also where their dots are percent-encoded (WHATWG URL, 4.4). */
const DOT_SEGMENT = /[/\\](\.|%2e){1,2}([/\\]|$)/i;

/**
 * The URL without its fragment. A lone expression is taken as it is, and so is one that the URL begins with (a base
 * address); one in the authority may not leave it; every other value is encoded as one component.
 */
export function compileUrl(source: string, faults: FaultList, names?: readonly string[]): Mapped<string> {
  const template = compileText(source.trim(), ['url'], faults, names);
  if (template === null) return () => '';
  if (template.isLiteral) return fixedUrl(source.trim(), faults);
  return (scope, budget) => {
    const { url, isComposed } = compose(template, (part) => toText(part.evaluate(scope, budget)));
    const clean = withoutFragment(url);
    const problem = problemOf(clean) ?? (isComposed ? climbing(clean) : null);
    if (problem) throw new MappingError(problem);
    return clean;
  };
}

function fixedUrl(source: string, faults: FaultList): Mapped<string> {
  const url = withoutFragment(source);
  const problem = problemOf(url);
  if (problem && source !== '') faults.add(['url'], 'invalid_url', problem);
  return () => {
    if (problem) throw new MappingError(problem);
    return url;
  };
}

type Expression = Exclude<Template['parts'][number], string>;

function compose(template: Template, textOf: (part: Expression) => string): { url: string; isComposed: boolean } {
  let url = '';
  for (const part of template.parts) {
    if (typeof part === 'string') url += part;
    else if (url === '') url += textOf(part).trim();
    else if (AFTER_AUTHORITY.test(url)) url += encodeComponent(textOf(part));
    else {
      const text = textOf(part);
      if (!IN_AUTHORITY.test(text)) {
        throw new MappingError(
          `The URL: {{ ${part.source} }} stands in the host, where / ? # @ \\ and spaces cannot be.`,
        );
      }
      url += text;
    }
  }
  return { url, isComposed: !template.isLiteral && !template.isLone };
}

/** A registered address as it is called, without its fragment. Throws `MappingError` where it is none. */
export function cleanUrl(source: string): string {
  const url = withoutFragment(source.trim());
  const problem = problemOf(url);
  if (problem) throw new MappingError(problem);
  return url;
}

/** What keeps an address from being called; null: nothing that can be seen without calling it. */
export const urlProblem = (source: string): string | null => problemOf(withoutFragment(source.trim()));

const withoutFragment = (url: string): string => url.split('#', 1)[0].replaceAll(' ', '%20');

function problemOf(url: string): string | null {
  if (url === '') return 'The URL is empty: its mapping has no value here.';
  if (CONTROL.test(url)) return 'The URL holds a line break or another control character.';
  if (!/^https?:\/\//i.test(url)) return 'The URL must begin with http:// or https://.';
  // A parser would take what comes after the third slash for the host.
  if (NO_HOST.test(url)) return 'The URL has no host: its mapping has no value here.';
  const parsed = URL.parse(url);
  if (parsed === null) return 'The URL cannot be read: its host or port is not valid.';
  const { username, password } = parsed;
  if (username !== '' || password !== '')
    return 'The URL must not hold a user name or password: anybody could read them.';
  return null;
}

/** A value `..` would call another path than the one that was drawn. */
function climbing(url: string): string | null {
  const path = url.slice(url.indexOf('//') + 2).split('?', 1)[0];
  return DOT_SEGMENT.test(path) ? 'The URL: a value is "." or "..", which would lead to another path.' : null;
}

/** After the URL's own query, whose text stays as it is. */
export function appendQuery(url: string, query: string): string {
  if (query === '') return url;
  if (!url.includes('?')) return `${url}?${query}`;
  return /[?&]$/.test(url) ? url + query : `${url}&${query}`;
}
