import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '../connections/sign-in.js';
import type { SignInLookup } from '../connections/sign-ins.service.js';
import type { FileValue } from '../core/file-value.js';
import { formSummary } from '../core/form-summary.js';
import { formatId } from '../core/id.js';
import type { RunError } from '../core/run.js';
import type { BuiltRequest, PageMove, PagesRead, StepOutput } from '../connectors/action.js';
import type { Scope } from '../platform/expressions/template.js';
import { Files } from '../platform/files/files.js';
import { HttpClient, type HttpRequest } from '../platform/http/http.client.js';
import type { AttemptEnd } from '../runs/run-recorder.js';
import type { RunnableStep } from './compiled-definitions.js';
import { AnswerFile } from './answer-file.js';
import { shownAnswer, withoutEcho } from './echoes.js';
import { FormBodies } from './form-bodies.js';

/** Decompressed bytes of an answer that are kept with the run. */
export const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;

/** A call, ready to be made, or the reason why it cannot be. */
export interface PreparedCall {
  /** What may be recorded and shown: every secret masked. */
  request: BuiltRequest | null;
  /** The same with its credentials, for `send` alone. Null where nothing may be sent. */
  toSend: BuiltRequest | SignedRequest | null;
  /** Of the access token it is signed with, where a 401 can be answered with another one; otherwise null. */
  tokenVersion: number | null;
  error: RunError | null;
  /** Signs it anew; only where a signature grows old while the call waits for its turn. */
  signAgain?: () => PreparedCall;
}

/** What came of a call: how the attempt is recorded, and what later steps may read. */
export interface CallOutcome {
  response: AttemptEnd['response'];
  durationMs: number;
  timings: AttemptEnd['timings'];
  remoteAddress: string | null;
  error: RunError | null;
  output: StepOutput | null;
  /** Of a page that was a success, where the step reads pages. */
  page?: PageMove;
}

/** Makes one call of one step: resolve, build, send, judge. It knows of no run, no queue and no retry. */
@Injectable()
export class StepExecutor {
  constructor(
    private readonly http: HttpClient,
    private readonly forms: FormBodies,
    private readonly files: Files,
  ) {}

  /**
   * Builds the request. `idempotencyKey` goes out as a header of that name unless the step has its own or has switched
   * it off.
   * @param signIn of the step's connection; null where it has none
   * @param read pages so far, where the step reads pages
   */
  prepare(
    { step, compiled }: RunnableStep,
    scope: Scope,
    idempotencyKey: string,
    signIn: SignInLookup | null,
    read: PagesRead | null = null,
  ): PreparedCall {
    const first = compiled.build(scope);
    const built = read && first.kind === 'request' ? compiled.pages!.request(first.request, read) : first;
    if (built.kind === 'failed')
      return { request: built.request, toSend: null, tokenVersion: null, error: built.error };
    const { request } = built;
    if (step.idempotencyKey && !request.headers.some(([name]) => name.toLowerCase() === 'idempotency-key')) {
      request.headers.push(['Idempotency-Key', idempotencyKey]);
    }
    if (signIn !== null) return signedCall(request, signIn, idempotencyKey);
    return { request, toSend: request, tokenVersion: null, error: null };
  }

  /** Replaces what is recorded of a form by what is known of its files. Never rejects. */
  async describe({ request }: PreparedCall): Promise<void> {
    if (!request?.form) return;
    request.body = Buffer.from(formSummary(await this.forms.shown(request.form)));
  }

  /**
   * Sends what `prepare` built; never throws. Of redirects the outcome is the last answer; those between are not kept.
   * @param owner by which the call can be canceled
   */
  async send(runnable: RunnableStep, request: BuiltRequest, scope: Scope, owner?: string): Promise<CallOutcome> {
    if (request.tree !== undefined) return notSent(ONLY_IN_A_RUN);
    const { timeoutMs } = runnable.step;
    if (!request.form) return this.call(runnable, request, scope, { body: request.body, timeoutMs, owner });
    const begunAt = performance.now();
    const form = await this.forms.open(request.form, { timeoutMs, owner });
    const spentMs = performance.now() - begunAt;
    if (form.kind === 'failed') return { ...notSent(form.error), durationMs: spentMs };
    const left = { body: form.body, timeoutMs: Math.max(1, Math.ceil(timeoutMs - spentMs)), owner };
    return this.call(runnable, request, scope, left).finally(() => form.close());
  }

  private async call(
    { step, compiled }: RunnableStep,
    request: BuiltRequest | SignedRequest,
    scope: Scope,
    rest: Pick<HttpRequest, 'body' | 'timeoutMs' | 'owner'>,
  ): Promise<CallOutcome> {
    const answer = new AnswerFile(this.files, compiled, request.url, createdBy(scope));
    const result = await this.http.send({
      ...request,
      ...rest,
      connectTimeoutMs: step.connectTimeoutMs,
      firstByteTimeoutMs: step.firstByteTimeoutMs,
      maxResponseBytes: MAX_RESPONSE_BYTES,
      overflow: answer.overflow,
      redirects: compiled.redirects,
    });
    const { timings, remoteAddress } = result;
    const durationMs = asRecorded(timings.totalMs);
    const common = { durationMs, timings, remoteAddress };
    if (result.kind === 'error') {
      await answer.forget();
      const error = result.resent
        ? { ...result.error, message: `${result.error.message} ${SENT_TWICE}` }
        : result.error;
      return { ...common, response: null, error: withoutEcho(request, error), output: null };
    }
    const { status, headers, body, bytes } = result;
    const shown = shownAnswer(request, result);
    const resent = result.resent && { resent: true as const };
    const response = { status, ...shown, bytes, truncated: false, ...resent };
    let file: FileValue | undefined;
    try {
      file = await answer.of(result);
    } catch {
      return { ...common, response, error: UNSTORED, output: null };
    }
    const received = { status, headers, body, file, durationMs };
    const judged = compiled.judge(received, scope);
    return {
      ...common,
      response: file ? { ...response, body: Buffer.alloc(0), file } : response,
      error: judged.kind === 'failed' ? withoutEcho(request, judged.error) : null,
      // What later steps read is what is on record: a run that is taken up again has nothing else.
      output: shown.headers === headers ? judged.output : compiled.output({ ...received, ...shown }),
    };
  }
}

/** The run, for whoever looks at the file alone. */
const createdBy = ({ run }: Scope): string => String((run as { id?: string } | undefined)?.id ?? 'test');

const SENT_TWICE = 'It was sent twice: the kept connection it went out on first was closed at once.';

/** The receiver has done its part: the same key makes another try harmless. */
const UNSTORED: RunError = { code: 'reset', message: 'The answer is a file, and it could not be stored just now.' };

function signedCall(request: BuiltRequest, lookup: SignInLookup, id: string): PreparedCall {
  const unsent = { request, toSend: null, tokenVersion: null };
  if (lookup.kind !== 'ready') return { ...unsent, error: lookup.error };
  const { signIn, tokenVersion } = lookup;
  const signed = signIn.sign(request, { id, nowMs: Date.now() });
  if (signed.kind === 'refused') return { ...unsent, error: { code: 'auth', message: signed.message } };
  const signAgain = signIn.isTimed ? () => signedCall(request, lookup, id) : undefined;
  return { request: signed.shown, toSend: signed.sent, tokenVersion, error: null, signAgain };
}

/**
 * What lets a receiver tell a repeated call from a new one: the same for every attempt, also after a crash.
 * @param page from 1, where the step reads pages
 */
export const idempotencyKey = (chainId: string, stepKey: string, page: number | null = null): string =>
  `${formatId('run', chainId)}:${stepKey}${page === null ? '' : `:${page}`}`;

/** In whole microseconds: a mapping must read the same duration again when the run is taken up from its record. */
export const asRecorded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** An attempt that never left: its step could not be built. */
export const notSent = (error: RunError): CallOutcome => ({
  response: null,
  durationMs: 0,
  timings: { dnsMs: 0, connectMs: 0, firstByteMs: 0 },
  remoteAddress: null,
  error,
  output: null,
});

const ONLY_IN_A_RUN: RunError = {
  code: 'mapping',
  message: 'This address starts an integration of this engine, which a test of one step does not do: preview it.',
};

/** The outcome of a call that reads a page: what its answer means for the step. */
export function pageOutcome({ compiled }: RunnableStep, read: PagesRead | null, outcome: CallOutcome): CallOutcome {
  if (compiled.pages === null || outcome.error !== null) return outcome;
  const page = compiled.pages.take(read ?? compiled.pages.none, outcome.output!, outcome.response!.bytes);
  if (page.kind === 'failed') return { ...outcome, error: page.error };
  return { ...outcome, page, output: page.kind === 'done' ? page.output : outcome.output };
}
