import { invalid, type Fault } from '../../core/errors.js';
import { urlProblem } from '../../connectors/http/http.url.js';
import { MAX_WEBHOOK_URL_CHARS } from '../../connectors/webhook/webhook-action.js';
import { CALLBACK_EVENTS, MAX_CALLBACK_URLS, type CallbackEvent, type CallbacksBody } from './callback.schema.js';

export type CallbackLines = Record<CallbackEvent, string[]>;

/**
 * The addresses of each event, in order and each once; blank lines are passed over. Throws a 422 that names every line
 * which is no http(s) URL by its number, counted as the caller wrote them, from 1.
 */
export function callbackLines(body: CallbacksBody): CallbackLines {
  const faults: Fault[] = [];
  const lines = CALLBACK_EVENTS.map((event) => [event, linesOf(event, body[event].urls, faults)] as const);
  if (faults.length > 0) throw invalid('invalid_request', faults);
  return Object.fromEntries(lines) as CallbackLines;
}

function linesOf(event: CallbackEvent, urls: string | string[], faults: Fault[]): string[] {
  const kept = new Set<string>();
  [urls]
    .flat()
    .flatMap((entry) => entry.split(/\r\n|\r|\n/))
    .forEach((line, index) => {
      const url = line.trim();
      if (url === '') return;
      const problem = problemOf(url);
      if (problem === null) kept.add(url);
      else faults.push({ path: `/${event}/urls`, code: 'invalid_url', message: `Line ${index + 1}: ${problem}` });
    });
  if (kept.size > MAX_CALLBACK_URLS) {
    const message = `At most ${MAX_CALLBACK_URLS} URLs are called for one event, and these are ${kept.size}.`;
    faults.push({ path: `/${event}/urls`, code: 'too_big', message });
  }
  return [...kept];
}

function problemOf(url: string): string | null {
  if (url.length > MAX_WEBHOOK_URL_CHARS) return `The URL is longer than ${MAX_WEBHOOK_URL_CHARS} characters.`;
  if (!url.isWellFormed()) return 'The URL holds half of a surrogate pair.';
  return urlProblem(url);
}
