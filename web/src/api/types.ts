import type { components, operations, paths } from './schema.js';

/*
 * Names for the shapes of the API. The shapes themselves are made from the OpenAPI document by `npm run api:types`;
 * nothing else in `web/` knows where they come from.
 */
export type { paths };

type Schemas = components['schemas'];

export type Problem = Partial<Schemas['Problem']>;
export type Fault = Schemas['Problem']['errors'][number];

export type Me = Schemas['Caller'];
export type Role = Me['role'];

export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

export type TriggerSummary = Pick<Schemas['Trigger'], 'type' | 'eventType'>;
// Members that are always null today do not come through openapi-fetch's types.
export type IntegrationItem = Omit<Schemas['IntegrationItem'], 'hookUrl' | 'trigger'> & { trigger: TriggerSummary };
export type StepSummary = IntegrationItem['steps'][number];
export type IntegrationActivity = Schemas['IntegrationActivity'];
export type IntegrationAttention = NonNullable<IntegrationActivity['attention']>;
export type IntegrationCounts = Schemas['IntegrationCounts'];
export type IntegrationQuery = NonNullable<operations['Integrations_list']['parameters']['query']>;

export type Trigger = Schemas['Trigger'];
// The methods pass through a transform, which the OpenAPI document has no type for.
export type WebhookTrigger = Omit<Extract<Trigger, { type: 'webhook' }>, 'methods'> & { methods: HookMethod[] };
export type HookMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
export type HookVerification = WebhookTrigger['verification'];
export type ScheduleTrigger = Extract<Trigger, { type: 'schedule' }>;
export type HookDelivery = Schemas['HookDeliveryItem'];
/** A step as reads give it; error steps have the same shape and no error steps of their own. */
export type Step = Omit<Schemas['Step'], 'name' | 'errorSteps'> & { name: string; errorSteps: Step[] };
export type StepInput = Step['input'];
/** A key with its template, as in `body`, `headers` and `query` of an HTTP step. */
export type Pair = StepInput['headers'][number];
export type Integration = Omit<Schemas['Integration'], 'steps'> & { steps: Step[] };

export type Version = Pick<Integration, 'trigger' | 'steps'> & {
  version: number;
  note: string;
  createdAt: string;
  createdBy: string;
};
/** What is left out, the server fills in. */
export type NewIntegration = Pick<Integration, 'name' | 'description'> & { trigger: object; steps: object[] };

export type RunItem = Schemas['RunItem'];
export type RunStatus = RunItem['status'];
export type RunError = Schemas['RunError'];
export type RunQuery = NonNullable<operations['Runs_list']['parameters']['query']>;
export type FailureCause = Schemas['FailureCause'];
export type RunStreamQuery = NonNullable<operations['RunStream_stream']['parameters']['query']>;
export type Run = Schemas['Run'];
export type RunStep = Schemas['RunStep'];
export type Attempt = Schemas['Attempt'];
export type SentRequest = NonNullable<Attempt['request']>;
export type ReceivedResponse = NonNullable<Attempt['response']>;
export type Message = Pick<SentRequest & ReceivedResponse, 'headers' | 'body' | 'encoding' | 'bytes'>;
export type Headers = Message['headers'];
export type Timings = NonNullable<Attempt['timings']>;

export type RunStats = Schemas['RunStats'];
export type RunCounts = Schemas['RunCounts'];
export type StatsRange = RunStats['range'];
export type FailingIntegration = Schemas['FailingIntegration'];

export type Connection = Schemas['Connection'];
export type ConnectionType = Connection['auth']['type'];
export type NewConnection = Schemas['NewConnection'];
export type ConnectionPatch = Schemas['ConnectionPatch'];

export type EventItem = Schemas['EventItem'];
export type EventDetail = Omit<Schemas['Event'], 'data'> & { data: unknown };

export type EvaluateBody = Schemas['Evaluate'];
export type Asked = EvaluateBody['expressions'][number];
export type Evaluation = Schemas['Evaluation'];
/** What a preview or a test works on: an event, and what earlier steps gave. */
export type SampleRequest = Pick<EvaluateBody, 'event' | 'eventId' | 'steps'>;
export type OpenApiRead = Schemas['OpenApiContents'] | Schemas['OpenApiStep'];
export type StepTestAnswer = Schemas['StepTestAnswer'];

export type CallbackSet = Schemas['CallbackSet'];
export type CallbacksChange = operations['Callbacks_save']['requestBody']['content']['application/json'];
export type Callbacks = operations['Callbacks_read']['responses'][200]['content']['application/json'];
export type LastCall = Schemas['LastCallbackCall'];
export type CallbackEvent = LastCall['event'];

export type JobQuery = NonNullable<operations['WebhookJobs_list']['parameters']['query']>;
export type Job = operations['WebhookJobs_read']['responses'][200]['content']['application/json']['webhookJob'];

export type Subscription =
  operations['Subscriptions_list']['responses'][200]['content']['application/json']['subscriptions'][number];
type SubscriptionBody = operations['Subscriptions_create']['requestBody']['content']['application/json'];
export type NewSubscription = Extract<SubscriptionBody, { webhookUrl: string }>;
export type SubscriptionChange = operations['Subscriptions_change']['requestBody']['content']['application/json'];
export type SubscriptionEvent =
  operations['Subscriptions_test']['requestBody']['content']['application/json']['eventType'];

export type EventType = Schemas['EventType'];
export type NewEventType = Schemas['NewEventType'];
export type DeliveryItem = Schemas['HookDeliveryItem'];
export type Delivery = Schemas['HookDelivery'];
