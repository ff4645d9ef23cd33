/*
 * The shapes of the HTTP API as this build of the web knows them, written by hand after the contract. When
 * `npm run api:types` has written `schema.d.ts` from the OpenAPI document, this file becomes a list of aliases of it;
 * nothing else in `web/` names a shape of the API.
 */
export type Role = 'sender' | 'viewer' | 'operator' | 'developer' | 'administrator';

export interface Me {
  name: string;
  role: Role;
}

export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

export type IntegrationState = 'on' | 'off' | 'archived';

export interface StepSummary {
  key: string;
  name: string;
  kind: string;
  connector: string;
  action: string;
}

export interface TriggerSummary {
  type: string;
  eventType?: string | string[] | null;
}

export interface IntegrationItem {
  id: string;
  name: string;
  description: string;
  trigger: TriggerSummary;
  steps: StepSummary[];
  state: IntegrationState;
  revision: number;
  publishedVersion: number | null;
  draftDiffers: boolean;
  heldCount: number;
  createdAt: string;
  updatedAt: string;
}

export interface StateChange {
  state: IntegrationState;
  version: number | null;
}

export type RunStatus = 'held' | 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'canceled';
export type StepStatus = 'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped';
export type AttemptStatus = 'started' | 'succeeded' | 'failed' | 'unknown';

export interface RunError {
  code: string;
  message: string;
}

export interface RunItem {
  id: string;
  number: number;
  integrationId: string;
  integrationName: string | null;
  version: number | null;
  eventId: string;
  eventType: string | null;
  eventSubject: string | null;
  test: boolean;
  status: RunStatus;
  reason: string | null;
  error: RunError | null;
  replayOf: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

export type Headers = Record<string, string | string[]>;

export interface Message {
  headers: Headers;
  body: string | null;
  /** `base64` where the bytes are not text. */
  encoding: 'utf-8' | 'base64';
  bytes: number;
}

export interface SentRequest extends Message {
  method: string;
  url: string;
}

export interface ReceivedResponse extends Message {
  status: number;
  truncated: boolean;
}

export interface Timings {
  dnsMs: number;
  connectMs: number;
  firstByteMs: number;
  totalMs: number;
}

export interface Attempt {
  id: string;
  number: number;
  status: AttemptStatus;
  startedAt: string;
  durationMs: number | null;
  request: SentRequest | null;
  response: ReceivedResponse | null;
  timings: Timings | null;
  remoteAddress: string | null;
  error: RunError | null;
  nextAttemptAt: string | null;
}

export interface RunStep {
  key: string;
  name: string;
  action: string;
  status: StepStatus;
  error: RunError | null;
  attempts: Attempt[];
}

export interface Run extends RunItem {
  steps: RunStep[];
}

export interface EventItem {
  id: string;
  type: string;
  source: string;
  subject: string | null;
  time: string;
  receivedAt: string;
  runs: string[];
}

export interface EventDetail extends EventItem {
  data: unknown;
}

export interface Accepted {
  id: string;
  duplicate: boolean;
  runs: string[];
  held: number;
}

export interface Fault {
  path: string;
  code: string;
  message: string;
}

/** RFC 9457, with our own `code` and `errors`. */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  errors?: Fault[];
}

interface Answer<T> {
  content: { 'application/json': T };
}
interface Failure {
  content: { 'application/problem+json': Problem };
}
interface NoContent {
  content?: never;
}
interface Operation<Success, Parameters> {
  parameters: Parameters;
  requestBody?: never;
  responses: Success & { default: Failure };
}
interface BodyOperation<Success, Parameters, Body> {
  parameters: Parameters;
  requestBody: { content: { 'application/json': Body } };
  responses: Success & { default: Failure };
}
type Get<T, Parameters = { query?: never }> = { get: Operation<{ 200: Answer<T> }, Parameters> };
interface Listing {
  limit?: number;
  cursor?: string;
}

export interface IntegrationQuery extends Listing {
  state?: IntegrationState;
  q?: string;
}
export interface RunQuery extends Listing {
  status?: RunStatus;
  integrationId?: string;
  eventId?: string;
  from?: string;
  to?: string;
}
export interface EventQuery extends Listing {
  type?: string;
}

/** The paths this web calls, in the form that openapi-typescript writes. */
export interface paths {
  '/api/v1/auth/me': Get<Me>;
  '/api/v1/auth/sign-in': { post: BodyOperation<{ 204: NoContent }, { query?: never }, { key: string }> };
  '/api/v1/auth/sign-out': { post: Operation<{ 204: NoContent }, { query?: never }> };
  '/api/v1/integrations': Get<Page<IntegrationItem>, { query?: IntegrationQuery }>;
  '/api/v1/integrations/{id}/state': {
    put: BodyOperation<{ 200: Answer<StateChange> }, { path: { id: string } }, { state: 'on' | 'off' }>;
  };
  '/api/v1/runs': Get<Page<RunItem>, { query?: RunQuery }>;
  '/api/v1/runs/{id}': Get<Run, { path: { id: string } }>;
  '/api/v1/events/{id}': Get<EventDetail, { path: { id: string } }>;
  '/api/v1/events': Get<Page<EventItem>, { query?: EventQuery }> & {
    post: BodyOperation<{ 202: Answer<Accepted> }, { query?: never }, { type: string; data: unknown }>;
  };
}
