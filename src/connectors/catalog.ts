import { z } from 'zod';
import type { Action } from './action.js';
import { eventTypes } from './event-types.js';
import { httpActions } from './http/http.actions.js';
import { webhookActions } from './webhook/webhook.actions.js';

export { eventTypes, findEventType, nearEventTypes, type EventType } from './event-types.js';

const actions: Readonly<Record<string, readonly Action[]>> = { http: httpActions };
/** Written by the faces alone: nobody draws them. */
const faceActions: Readonly<Record<string, readonly Action[]>> = { webhook: webhookActions };

/** What a step of any integration may be. */
export const findAction = (connector: string, action: string): Action | undefined =>
  findDrawableAction(connector, action) ?? find(faceActions, connector, action);

/** What a step that somebody draws may be. */
export const findDrawableAction = (connector: string, action: string): Action | undefined =>
  find(actions, connector, action);

const find = (among: typeof actions, connector: string, action: string): Action | undefined =>
  Object.hasOwn(among, connector) ? among[connector].find(({ key }) => key === action) : undefined;

/** What `GET /api/v1/connectors` shows of an outside system. */
export interface Manifest {
  key: string;
  title: string;
  triggers: { eventType: string; title: string }[];
  actions: { key: string; title: string; input: unknown }[];
}

const titles: Readonly<Record<string, string>> = {
  http: 'HTTP',
  project: 'Project',
  process: 'Process',
  space: 'Space',
  workflow: 'Workflow',
  system: 'System',
  hookline: 'Hookline',
};

export const connectors: readonly Manifest[] = Object.entries(titles).map(([key, title]) => ({
  key,
  title,
  triggers: eventTypes
    .filter((type) => type.connector === key)
    .map((type) => ({ eventType: type.name, title: type.title })),
  actions: (actions[key] ?? []).map((action) => ({
    key: action.key,
    title: action.title,
    input: z.toJSONSchema(action.inputSchema, { io: 'input' }),
  })),
}));
