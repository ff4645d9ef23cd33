import type { Config } from './platform/config/config.js';
import type { Program } from './program.js';
import { SAMPLE_EVENT } from './sample.js';

/** What a person reads after the start: where to go, with what, and one line that makes something happen. */
export function welcomeText(config: Config, { url, firstKey, inspector }: Program): string {
  if (config.role === 'worker') return `\n  Hookline ${config.version} works. Health: ${url}/health/ready\n\n`;
  const address = config.publicUrl.startsWith('http://localhost:') ? localUrl(url) : config.publicUrl;
  const key = firstKey ?? (config.adminApiKey ? '$HOOKLINE_ADMIN_API_KEY' : '<your key>');
  const lines = [
    `Hookline ${config.version} is ready.`,
    '',
    `  Builder    ${address}`,
    ...(firstKey ? [`  Sign in    ${firstKey}`, '             an administrator key, shown this once: keep it'] : []),
    ...(inspector ? [`  Inspector  ${inspector.url}   shows what the sample integration sends`] : []),
    '',
    '  Send an event, then look under Runs:',
    '',
    `    curl -X POST ${address}/api/v1/events -H "authorization: Bearer ${key}" -H "content-type: application/json" -d '${JSON.stringify(SAMPLE_EVENT)}'`,
    '',
    ...(config.publicUrl.startsWith('https:') || isLoopback(config.host)
      ? []
      : ['  Warning: reached over plain http, sign-ins can be read on the way. Put a TLS proxy in front of it', '']),
  ];
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`;
}

const localUrl = (url: string): string => url.replace(/\/\/(127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):/, '//localhost:');

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');
