import { z } from 'zod';
import type { Action } from './action.js';
import type { EventType } from './event-types/event-type.js';
import { httpActions } from './http/http.actions.js';
import { webhookActions } from './webhook/webhook.actions.js';

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
  webhook: 'Webhook',
  schedule: 'Schedule',
  manual: 'Manual',
  system: 'System',
  hookline: 'Hookline',
};

/** Every connector with its triggers and its actions: the built-in ones, then those that only custom types name. */
export function connectorsOf(types: readonly EventType[]): Manifest[] {
  const own = new Set(types.map(({ connector }) => connector).filter((key) => !Object.hasOwn(titles, key)));
  const all = [...Object.entries(titles), ...[...own].sort().map((key): [string, string] => [key, titleOf(key)])];
  return all.map(([key, title]) => ({
    key,
    title,
    triggers: types.filter((type) => type.connector === key).map(({ name, title }) => ({ eventType: name, title })),
    actions: shown.get(key) ?? [],
  }));
}

const shown = new Map(
  Object.entries(actions).map(([connector, its]) => [
    connector,
    its.map(({ key, title, inputSchema }) => ({ key, title, input: z.toJSONSchema(inputSchema, { io: 'input' }) })),
  ]),
);

const titleOf = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1).replaceAll('-', ' ');
