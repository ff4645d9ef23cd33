import { STATUS_CODES } from 'node:http';
import type { HttpInput } from '../../core/definition.js';
import type { RunError } from '../../core/run.js';
import { compileCondition, type Condition } from '../../platform/expressions/condition.js';
import { SCOPE_NAMES } from '../../platform/expressions/scope.js';
import { MappingError, type Scope } from '../../platform/expressions/template.js';
import type { Judgement, ReceivedResponse, StepOutput } from '../action.js';
import { addExpressionFault, type FaultList } from './mapped-value.js';
import { parseBody } from './response-body.js';

/** What `success.when` sees of the answer, next to what every expression sees. */
const ANSWER_NAMES = ['status', 'headers', 'body', 'durationMs'];

export interface SuccessPlan {
  statuses: string[];
  when: Condition | null;
}

/** What a step is content with unless it says otherwise. */
export const ANY_2XX: SuccessPlan = { statuses: ['2xx'], when: null };

export function compileSuccess(success: HttpInput['success'], faults: FaultList): SuccessPlan {
  const plan: SuccessPlan = { statuses: success.statuses, when: null };
  if (success.when === null) return plan;
  try {
    return { ...plan, when: compileCondition(success.when, [...SCOPE_NAMES, ...ANSWER_NAMES]) };
  } catch (error) {
    addExpressionFault(error, ['success', 'when'], faults);
    return plan;
  }
}

export function judgeResponse(plan: SuccessPlan, response: ReceivedResponse, scope: Scope): Judgement {
  const { output, fault } = read(response);
  const error = statusError(plan, response) ?? fault ?? conditionError(plan.when, output, scope);
  return error === null ? { kind: 'succeeded', output } : { kind: 'failed', error, output };
}

export const outputOf = (response: ReceivedResponse): StepOutput => read(response).output;

function read({ status, headers, body, file, durationMs }: ReceivedResponse): {
  output: StepOutput;
  fault: RunError | null;
} {
  const byName = gather(headers);
  if (file) return { output: { status, headers: byName, body: file, durationMs }, fault: null };
  const contentType = [byName['content-type'] ?? []].flat()[0] ?? null;
  const { value, problem } = parseBody(contentType, body);
  return {
    output: { status, headers: byName, body: value, durationMs },
    fault: problem === null ? null : { code: 'parse', message: `${answered(status)}, but ${problem}` },
  };
}

function gather(headers: readonly [string, string][]): Record<string, string | string[]> {
  const byName = new Map<string, string | string[]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const before = byName.get(lower);
    byName.set(lower, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(byName);
}

export const isWanted = ({ statuses }: SuccessPlan, status: number): boolean =>
  statuses.some((wanted) => wanted === String(status) || wanted === `${String(status)[0]}xx`);

function statusError(plan: SuccessPlan, { status, headers }: ReceivedResponse): RunError | null {
  if (isWanted(plan, status)) return null;
  const isRedirect = status >= 300 && status < 400 && status !== 304;
  const advice = isRedirect ? redirectAdvice(status, headers) : adviceFor(status, plan.statuses);
  return { code: codeOf(status), message: `${answered(status)}. ${advice}` };
}

/** A 1xx or 2xx that the step does not want came whole and well, but says something else: `parse`. */
function codeOf(status: number): RunError['code'] {
  if (status === 429) return 'http_429';
  if (status >= 500) return 'http_5xx';
  if (status >= 400) return 'http_4xx';
  return status >= 300 ? 'redirect' : 'parse';
}

const answered = (status: number): string =>
  `The receiver answered ${[status, STATUS_CODES[status]].filter(Boolean).join(' ')}`;

function adviceFor(status: number, statuses: readonly string[]): string {
  if (status === 401 || status === 403) return 'Check the credentials that the step sends.';
  if (status === 407) return "Check the proxy's user name and password in the connection.";
  if (status === 404 || status === 410) return 'Check the URL: there is nothing at this address.';
  if (status === 408 || status === 429) return 'It is busy: let the step try again later, or call less often.';
  if (status >= 500) return 'The fault is on its side: try again later, or ask its operator.';
  if (status >= 400) return 'It does not accept this request: its answer may say why.';
  if (status === 304) return 'Take 304 as success, or remove If-None-Match and If-Modified-Since from the headers.';
  return `The step takes only ${statuses.join(', ')} as success.`;
}

/** Only what names an address leads on (RFC 9110, 15.4). */
function redirectAdvice(status: number, headers: ReceivedResponse['headers']): string {
  if (!headers.some(([name]) => name.toLowerCase() === 'location')) {
    return 'It names no address to go on to: ask its operator, or let the step take this status as success.';
  }
  const advice = 'Use the address in its Location header as the URL';
  return FOLLOWED.has(status) ? `${advice}, or let the step follow redirects.` : `${advice}.`;
}

const FOLLOWED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function conditionError(when: Condition | null, output: StepOutput, scope: Scope): RunError | null {
  if (when === null) return null;
  try {
    if (when.test({ ...scope, ...output })) return null;
    const message = `${answered(output.status)}, but the step's success condition is false for it: ${shortened(when.source)}`;
    return { code: 'parse', message };
  } catch (error) {
    if (error instanceof MappingError) return { code: 'mapping', message: `The success condition: ${error.message}` };
    throw error;
  }
}

const MAX_SHOWN_CHARS = 200;

function shortened(source: string): string {
  const line = source.trim().replace(/\s+/g, ' ');
  return line.length > MAX_SHOWN_CHARS ? `${line.slice(0, MAX_SHOWN_CHARS - 1).toWellFormed()}…` : line;
}
