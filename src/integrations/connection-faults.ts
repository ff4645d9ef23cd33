import type { ConnectionFacts } from '../connections/connection-uses.js';
import { isAllowedHost } from '../connections/allowed-hosts.js';
import type { Definition, HookVerification, Step } from '../core/definition.js';
import { pointer, type Fault } from '../core/errors.js';
import { allSteps } from '../core/plan.js';

/** The ids of the connections that a definition uses, each once. */
export const connectionsOf = ({ trigger, steps }: Definition): string[] => [
  ...new Set([
    ...(trigger.type === 'webhook' ? [trigger.verification.connectionId ?? []].flat() : []),
    ...allSteps(steps).flatMap(({ connectionId }) => connectionId ?? []),
  ]),
];

/** What keeps steps from running with their connections, by JSON pointer into the integration. */
export function connectionFaults({ trigger, steps }: Definition, known: ReadonlyMap<string, ConnectionFacts>): Fault[] {
  return [
    ...(trigger.type === 'webhook' ? verificationFaults(trigger.verification, known) : []),
    ...steps.flatMap((step, index) => [
      ...stepFaults(step, ['steps', index], known),
      ...step.errorSteps.flatMap((each, at) => stepFaults(each, ['steps', index, 'errorSteps', at], known)),
    ]),
  ];
}

/** Which types of connection hold what a preset verifies with. */
const VERIFIES_WITH: Record<HookVerification['preset'], readonly string[]> = {
  none: [],
  basic: ['basic'],
  bearer: ['bearer', 'shared-secret'],
  'standard-webhooks': ['standard-webhooks'],
  github: ['shared-secret'],
  stripe: ['shared-secret'],
  slack: ['shared-secret'],
  shopify: ['shared-secret'],
  hmac: ['shared-secret'],
};

function verificationFaults(
  { preset, connectionId }: HookVerification,
  known: ReadonlyMap<string, ConnectionFacts>,
): Fault[] {
  const types = VERIFIES_WITH[preset];
  const fault = (code: string, message: string): Fault[] => [
    { path: pointer(['trigger', 'verification', 'connectionId']), code, message },
  ];
  if (types.length === 0) return [];
  const wanted = `Choose a connection of type ${types.join(' or ')}: it holds the secret.`;
  if (connectionId === null) return fault('required', wanted);
  const connection = known.get(connectionId);
  if (!connection) return fault('unknown_connection', `This connection does not exist any more. ${wanted}`);
  return types.includes(connection.type)
    ? []
    : fault('wrong_connection', `The connection "${connection.name}" is of type ${connection.type}. ${wanted}`);
}

function stepFaults(
  { connectionId, input }: Step,
  path: readonly (string | number)[],
  known: ReadonlyMap<string, ConnectionFacts>,
): Fault[] {
  if (connectionId === null) return [];
  const fault = (at: readonly (string | number)[], code: string, message: string): Fault => ({
    path: pointer([...path, ...at]),
    code,
    message,
  });
  const connection = known.get(connectionId);
  if (!connection) {
    return [
      fault(['connectionId'], 'unknown_connection', 'This connection does not exist any more: choose another one.'),
    ];
  }
  const { name, adds, allowedHosts } = connection;
  const clash = (what: string) =>
    `The connection "${name}" sets this ${what}: remove it here, or choose another connection.`;
  const { headers = [], query = [] } = 'headers' in input ? input : {};
  const faults = headers.flatMap(({ key }, index) =>
    adds.headers.includes(key.toLowerCase())
      ? [fault(['input', 'headers', index, 'key'], 'connection_clash', clash('header'))]
      : [],
  );
  query.forEach(({ key }, index) => {
    if (!adds.query.includes(key)) return;
    faults.push(fault(['input', 'query', index, 'key'], 'connection_clash', clash('query parameter')));
  });
  const url = fixedHostOf(input.url);
  if (url && !isAllowedHost(allowedHosts, url)) {
    const message = `The connection "${name}" may not be used for ${url.host}. Its allowed hosts: ${allowedHosts.join(', ')}.`;
    faults.push(fault(['input', 'url'], 'host_not_allowed', message));
  }
  return faults;
}

/** Null where only a run can tell: the host, or what stands before it, comes from an expression. */
function fixedHostOf(url: string): URL | null {
  const start = /^\s*https?:\/\/[^/?#\\{]*(?=[/?#\\]|$)/i.exec(url)?.[0];
  return start !== undefined && URL.canParse(start) ? new URL(start) : null;
}
