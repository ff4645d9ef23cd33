import { Injectable } from '@nestjs/common';
import { SignIns } from '../connections/sign-ins.service.js';
import { stepSchema } from '../integrations/definition.schema.js';
import type { Step } from '../core/definition.js';
import { invalid, notFound } from '../core/errors.js';
import { newUuid } from '../core/id.js';
import { faultsOfStep } from '../integrations/definition-faults.js';
import { IntegrationsService } from '../integrations/integrations.service.js';
import type { BuiltRequest } from '../connectors/action.js';
import type { Scope } from '../platform/expressions/template.js';
import { bodyView, headersView } from '../runs/run-view.js';
import { compileStep, type RunnableStep } from './compiled-definitions.js';
import { SampleScope } from './sample-scope.js';
import { idempotencyKey, pageOutcome, StepExecutor, type CallOutcome, type PreparedCall } from './step.executor.js';
import type { StepTestAnswer, StepTestBody } from './step-test.schema.js';

/** Tests one step of a draft with a sample: the same code that runs it, and no run. */
@Injectable()
export class StepTestService {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly executor: StepExecutor,
    private readonly signIns: SignIns,
    private readonly samples: SampleScope,
  ) {}

  /** @param bodyText the request as it was received, so that the sample's numbers keep their digits. */
  async test(integrationId: string, stepKey: string, body: StepTestBody, bodyText: string): Promise<StepTestAnswer> {
    const draft = await this.integrations.definitionOf(integrationId, 'draft');
    const runnable = compiled(placeOf(draft.definition.steps, stepKey));
    const runId = newUuid();
    const scope = await this.samples.of(draft, runId, body, bodyText);
    return this.carryOut(runnable, scope, idempotencyKey(runId, stepKey), body.preview);
  }

  /** A GET that signs in with a connection, as a step would. */
  async testConnection(connectionId: string, url: string): Promise<StepTestAnswer> {
    const step = stepSchema.parse({ key: 'test', action: 'get', connectionId, input: { url }, idempotencyKey: false });
    return this.carryOut(compiled({ step, path: [] }), {}, '', false);
  }

  private async carryOut(
    runnable: RunnableStep,
    scope: Scope,
    key: string,
    previewOnly: boolean,
  ): Promise<StepTestAnswer> {
    const call = await this.prepared(runnable, scope, key);
    if (previewOnly || call.error || !call.toSend) return answer(call, null);
    const outcome = await this.executor.send(runnable, call.toSend, scope);
    const isRefused = call.tokenVersion !== null && outcome.error !== null && outcome.response?.status === 401;
    if (!isRefused || !(await this.signIns.refuse(runnable.step.connectionId!, call.tokenVersion!))) {
      return answer(call, pageOutcome(runnable, null, outcome));
    }
    // As a run would, once: with a new access token.
    const again = await this.prepared(runnable, scope, key);
    if (again.error || !again.toSend) return answer(again, null);
    return answer(again, pageOutcome(runnable, null, await this.executor.send(runnable, again.toSend, scope)));
  }

  private async prepared(runnable: RunnableStep, scope: Scope, key: string): Promise<PreparedCall> {
    const { connectionId } = runnable.step;
    const signIn = connectionId === null ? null : await this.signIns.of(connectionId);
    const call = this.executor.prepare(runnable, scope, key, signIn, runnable.compiled.pages?.none);
    await this.executor.describe(call);
    return call;
  }
}

/** A draft may hold what cannot run: say what, as publishing would. */
function compiled({ step, path }: Place): RunnableStep {
  const faults = faultsOfStep(step, path);
  if (faults.length > 0) throw invalid('invalid_definition', faults);
  return compileStep(step);
}

interface Place {
  step: Step;
  /** Of the integration's definition. */
  path: (string | number)[];
}

function placeOf(steps: readonly Step[], key: string): Place {
  const places = steps.flatMap((step, index): Place[] => [
    { step, path: ['steps', index] },
    ...step.errorSteps.map((each, at) => ({ step: each, path: ['steps', index, 'errorSteps', at] })),
  ]);
  const place = places.find(({ step }) => step.key === key);
  if (!place) throw notFound('step', key);
  return place;
}

function answer(call: PreparedCall, outcome: CallOutcome | null): StepTestAnswer {
  const error = call.error ?? outcome?.error ?? null;
  const response = outcome?.response;
  return {
    request: call.request && requestView(call.request),
    response: response
      ? {
          status: response.status,
          headers: headersView(response.headers),
          ...bodyView(response.file ? null : response.body),
          file: response.file ?? null,
          durationMs: Math.round(outcome.durationMs * 100) / 100,
        }
      : null,
    outcome: error ? 'failed' : 'succeeded',
    output: outcome?.output ?? null,
    error,
  };
}

const requestView = ({ method, url, headers, body }: BuiltRequest) => ({
  method,
  url,
  headers: headersView(headers),
  ...bodyView(body),
});
