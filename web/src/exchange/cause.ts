import type { Attempt, RunError } from '../api/types.js';

export interface Cause {
  /** What happened, in one plain sentence without a full stop. */
  title: string;
  /** What the reader can do about it; empty when the server's own message says all. */
  advice: string;
}

const TIMES = ['', '', 'twice', 'three times', 'four times', 'five times', 'six times', 'seven times', 'eight times'];

/** The failure of a step in words. `tries` counts the attempts that ended this way, the last one included. */
export function causeOf(error: RunError, attempt: Attempt | undefined, tries: number): Cause {
  const { title, advice } = explain(
    error.code,
    hostOf(attempt?.request?.url) ?? 'the server',
    attempt?.response?.status,
  );
  const times = tries > 1 ? `, ${TIMES[tries] ?? `${tries} times`} in a row` : '';
  return { title: `${title.replace(/^t/, 'T')}${times}`, advice };
}

/** The last attempts of a step that failed for the same reason, counted back from `index`. */
export function sameCauseInARow(attempts: Attempt[], index: number): number {
  const code = attempts[index]?.error?.code;
  const status = attempts[index]?.response?.status;
  let count = 0;
  while (index - count >= 0) {
    const { error, response } = attempts[index - count];
    if (!code || error?.code !== code || response?.status !== status) break;
    count += 1;
  }
  return count;
}

const hostOf = (url: string | undefined): string | undefined => {
  if (!url || !URL.canParse(url)) return undefined;
  return new URL(url).host || undefined;
};

function explain(code: string, host: string, status: number | undefined): Cause {
  const shown = status === undefined ? '' : ` (${status})`;
  switch (code) {
    case 'dns':
      return {
        title: `No address was found for ${host}`,
        advice: 'Check the address of the step for a typing mistake.',
      };
    case 'connect_refused':
      return { title: `${host} refused the connection`, advice: 'Nothing listens at that address and port right now.' };
    case 'connect_timeout':
      return {
        title: `${host} could not be reached in time`,
        advice: 'It may be down, or a firewall may be in between.',
      };
    case 'tls':
      return {
        title: `No secure connection to ${host}`,
        advice: 'Its certificate may have run out or be for another name.',
      };
    case 'reset':
      return { title: `${host} closed the connection early`, advice: 'Whether it acted on the request is not known.' };
    case 'first_byte_timeout':
    case 'total_timeout':
      return {
        title: `${host} did not answer in time`,
        advice: 'It may have acted on the request all the same. A longer timeout may help if it is known to be slow.',
      };
    case 'redirect':
      return {
        title: `${host} sent us elsewhere${shown}`,
        advice: 'Use the new address, or allow redirects in the step.',
      };
    case 'blocked_address':
      return { title: `${host} is on a network that may not be called`, advice: '' };
    case 'http_429':
      return {
        title: `${host} asked for fewer calls${shown}`,
        advice: 'It is tried again later, when the answer says so.',
      };
    case 'http_5xx':
      return {
        title: `${host} had an error of its own${shown}`,
        advice: 'The request may be fine: try again when it is back.',
      };
    case 'http_4xx':
      return explainRefusal(host, status);
    case 'parse':
      return {
        title: `The answer of ${host} could not be read`,
        advice: 'Its content does not fit the type it names.',
      };
    case 'mapping':
      return {
        title: 'A value of this step could not be worked out',
        advice: 'Nothing was sent. Check the mapping of the step.',
      };
    case 'auth':
      return { title: `Signing in to ${host} failed`, advice: 'Check the connection of the step.' };
    case 'limit':
      return { title: 'A limit was reached', advice: '' };
    case 'loop':
      return {
        title: 'This call would go round in circles',
        advice: 'An integration starts itself again through its own call.',
      };
    case 'canceled':
      return { title: 'Somebody stopped this run', advice: '' };
    default:
      return { title: `The step failed${shown}`, advice: '' };
  }
}

function explainRefusal(host: string, status: number | undefined): Cause {
  switch (status) {
    case 401:
      return { title: `${host} wants a sign-in (401)`, advice: 'Add a connection to the step, or sign in again.' };
    case 403:
      return {
        title: `${host} does not allow this call (403)`,
        advice: 'The sign-in is known there, but may not do this.',
      };
    case 404:
      return { title: `${host} knows nothing at this address (404)`, advice: 'Check the path and the ids in it.' };
    case 409:
      return {
        title: `${host} reports a conflict (409)`,
        advice: 'Often the thing exists already or was changed meanwhile.',
      };
    case 413:
      return { title: `${host} finds the request too large (413)`, advice: 'Send less in one call.' };
    case 415:
      return { title: `${host} does not take this kind of content (415)`, advice: 'Choose another body type.' };
    case 400:
    case 422:
      return { title: `${host} did not accept the values (${status})`, advice: 'Its answer usually names the field.' };
    default:
      return { title: `${host} refused the call${status === undefined ? '' : ` (${status})`}`, advice: '' };
  }
}
