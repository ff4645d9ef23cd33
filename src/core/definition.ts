import type { EngineEventType } from './event.js';

/** What a user draws: one trigger, then a chain of steps. This is the stored form; old ones must always be readable. */
export interface Definition {
  trigger: Trigger;
  steps: Step[];
}

export type WhenOff = 'hold' | 'drop';

export type Trigger = EventTrigger | ManualTrigger | WebhookTrigger | ScheduleTrigger;

export interface EventTrigger extends TriggerBase {
  type: 'event';
}

export interface ManualTrigger extends TriggerBase {
  type: 'manual';
}

export const HOOK_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type HookMethod = (typeof HOOK_METHODS)[number];

export const HOOK_PRESETS = [
  'none',
  'basic',
  'bearer',
  'standard-webhooks',
  'github',
  'stripe',
  'slack',
  'shopify',
  'hmac',
] as const;
export type HookPreset = (typeof HOOK_PRESETS)[number];

/** Started by a call to its own URL. */
export interface WebhookTrigger extends TriggerBase {
  type: 'webhook';
  methods: HookMethod[];
  verification: HookVerification;
  /** What the caller is answered: that it is accepted, or what the last step was answered. */
  answer: 'accepted' | 'last-step';
}

/** How a delivery must prove where it comes from. */
export interface HookVerification {
  preset: HookPreset;
  /** Holds the secrets; null for `none` alone. */
  connectionId: string | null;
  /** How far a signed time may be from ours, both ways. */
  toleranceSeconds: number;
  /** What the second use of one signed message gets: 401, or the first answer again. Neither starts anything. */
  replays: 'refuse' | 'acknowledge';
  /** The rest is for `hmac`. */
  header: string;
  prefix: string;
  algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  encoding: 'hex' | 'base64' | 'base64url';
  /** With `{id}`, `{timestamp}` and `{body}`. */
  signedContent: string;
  timestampHeader: string | null;
  idHeader: string | null;
}

/** Started by the clock. */
export interface ScheduleTrigger extends TriggerBase {
  type: 'schedule';
  /** Minute, hour, day of the month, month, weekday. */
  cron: string;
  /** IANA name. */
  timezone: string;
  /** Which of the times fire late at which no process was there. */
  missed: 'none' | 'last' | 'all';
}

interface TriggerBase {
  /** For `event`: the name it listens to, or a list of at most 50. Null for other types. */
  eventType: string | string[] | null;
  /** CEL; null lets every event pass. */
  filter: string | null;
  path: string | null;
  whenOff: WhenOff;
  orderingKey: string | null;
}

export type WhenMissing = 'send-null' | 'omit' | 'empty' | 'default' | 'fail';

/** One key and value of the query, the headers or the body. `value` may hold `{{ expressions }}`. */
export interface Pair {
  key: string;
  value: unknown;
  whenMissing?: WhenMissing;
  default?: unknown;
}

export type BodyType = 'none' | 'json' | 'raw' | 'urlencoded' | 'form-data';

export interface HttpInput {
  url: string;
  /** `custom` only: any method token (RFC 9110, 5.6.2). */
  method?: string;
  /** `custom` only. */
  bodyType?: BodyType;
  /** Of a raw or templated body. */
  contentType?: string;
  query: Pair[];
  headers: Pair[];
  /** Pairs, or one template string for `json` and `raw`. */
  body: Pair[] | string;
  omitNulls: boolean;
  queryArrays: 'repeat' | 'brackets' | 'indices' | 'comma';
  redirects: number;
  success: { statuses: string[]; when: string | null };
  /** Null: one call. */
  pagination: Pagination | null;
}

/** How the pages of a list are read, and when to stop. Expressions are bare: `body.items`, not `{{ body.items }}`. */
export type Pagination = PageRule & {
  /** Where a page has its items; null there is a page without any. */
  items: string;
  /** 1–1000; reaching it is no failure. */
  maxPages: number;
  stopWhenEmpty: boolean;
  /** CEL over the page's `status`, `headers`, `body` and `page`. */
  stopWhen: string | null;
};

type PageRule =
  | { by: 'next-url'; /** An expression: the address of the next page; nothing ends it. */ next: string }
  | { by: 'link-header' }
  | { by: 'page'; parameter: string; first: number }
  | { by: 'offset'; parameter: string; first: number; /** Null: as many as came. */ size: number | null }
  | {
      by: 'cursor';
      parameter: string;
      /** An expression: what the next page is asked by; nothing ends it. */ next: string;
    };

export type HttpActionKey = 'get' | 'post' | 'put' | 'custom';

export interface RetryPolicy {
  /** How often a step is tried in all, 1–20. */
  attempts: number;
  backoff: 'fixed' | 'exponential';
  firstDelayMs: number;
  maxDelayMs: number;
  /** `network`, a status (`408`) or a class (`5xx`). */
  on: string[];
}

/** What the actions of connector `webhook` take: a call to an address that somebody registered with one of the faces. */
export interface WebhookInput {
  /** As it was registered. */
  url: string;
  /** Of a subscription; `POST` unless said. */
  method?: 'GET' | 'POST';
}

export type WebhookActionKey = 'instance-callback' | 'platform-webhook' | 'subscription';

/** One place in the chain. */
export type Step = HttpStep | WebhookStep;

export interface HttpStep extends StepSettings {
  connector: 'http';
  action: HttpActionKey;
  input: HttpInput;
}

export interface WebhookStep extends StepSettings {
  connector: 'webhook';
  action: WebhookActionKey;
  input: WebhookInput;
}

interface StepSettings {
  /** Set once; mappings point at it. */
  key: string;
  name: string;
  kind: 'action';
  connectionId: string | null;
  /** For the whole attempt, its answer's body included. */
  timeoutMs: number;
  /** Until the connection stands, TLS included; 10 s, or `timeoutMs` where that is less, unless given. */
  connectTimeoutMs?: number;
  /** From when the connection stands until the answer begins; `timeoutMs` alone counts unless given. */
  firstByteTimeoutMs?: number;
  retry: RetryPolicy;
  onError: 'stop' | 'continue' | 'error-steps';
  errorSteps: Step[];
  idempotencyKey: boolean;
  /** CEL; false skips the step. */
  if: string | null;
}

export const DEFAULT_TIMEOUT_MS = 30_000;
export const MAX_TIMEOUT_MS = 300_000;

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 10,
  backoff: 'exponential',
  firstDelayMs: 1_000,
  maxDelayMs: 600_000,
  on: ['network', '408', '425', '429', '5xx'],
};

/** Of the events that start it: those it listens to, or the one that the engine itself makes for it. */
export const startingTypes = (trigger: Trigger): string[] =>
  trigger.type === 'event' ? listenedTypes(trigger) : [ENGINE_EVENT_OF[trigger.type]];

const ENGINE_EVENT_OF: Readonly<Record<Exclude<Trigger['type'], 'event'>, EngineEventType>> = {
  webhook: 'webhook.received',
  schedule: 'schedule.fired',
  manual: 'manual.started',
};

/** The event types a trigger listens to. */
export const listenedTypes = (trigger: Trigger): string[] =>
  trigger.type !== 'event' || trigger.eventType === null ? [] : [trigger.eventType].flat();
