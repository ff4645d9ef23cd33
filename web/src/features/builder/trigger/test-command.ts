import type { WebhookTrigger } from '../../../api/types.js';

/** Within single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const SHORT = 2_000;
/** What a person can read and change; a large sample is not part of a command. */
function bodyOf(data: unknown): string {
  const text = JSON.stringify(data);
  return text.length <= SHORT ? text : '{}';
}

/** Sends an event of the type through the API. */
export const eventCommand = (origin: string, type: string, data: unknown): string =>
  [
    `curl -X POST ${origin}/api/v1/events`,
    '-H "authorization: Bearer $KEY"',
    "-H 'content-type: application/json'",
    `-d ${quoted(`{"type":${JSON.stringify(type)},"data":${bodyOf(data)}}`)}`,
  ].join(' \\\n  ');

const WITHOUT_BODY = ['GET', 'HEAD', 'OPTIONS', 'DELETE'];

/** Calls the hook URL. Null where a call has to be signed, which no short command does, or where there is no URL yet. */
export function hookCommand(trigger: WebhookTrigger, url: string | null, data: unknown): string | null {
  const { preset } = trigger.verification;
  if (url === null || !['none', 'basic', 'bearer'].includes(preset)) return null;
  const method = trigger.methods.includes('POST') ? 'POST' : trigger.methods[0];
  const lines = [method === 'HEAD' ? `curl --head ${url}` : `curl -X ${method} ${url}`];
  if (preset === 'basic') lines.push('-u "$USER_NAME:$PASSWORD"');
  if (preset === 'bearer') lines.push('-H "authorization: Bearer $TOKEN"');
  if (!WITHOUT_BODY.includes(method)) {
    lines.push("-H 'content-type: application/json'", `-d ${quoted(bodyOf(data))}`);
  }
  return lines.join(' \\\n  ');
}
