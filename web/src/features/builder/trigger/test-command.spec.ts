import type { WebhookTrigger } from '../../../api/types.js';
import { eventCommand, hookCommand } from './test-command.js';

const trigger = (methods: string[], preset: string): WebhookTrigger =>
  ({ type: 'webhook', methods, verification: { preset } }) as WebhookTrigger;
const URL = 'https://hooks.example/hooks/abc';

it('sends the sample as an event, safe within a shell', () => {
  expect(eventCommand('https://here.example', 'a.b', { name: "it's" })).toBe(
    [
      'curl -X POST https://here.example/api/v1/events',
      '-H "authorization: Bearer $KEY"',
      "-H 'content-type: application/json'",
      `-d '{"type":"a.b","data":{"name":"it'\\''s"}}'`,
    ].join(' \\\n  '),
  );
});

it('calls a hook URL with the sample, and signs in where that takes no signature', () => {
  expect(hookCommand(trigger(['GET', 'POST'], 'none'), URL, { a: 1 })).toContain(`-d '{"a":1}'`);
  expect(hookCommand(trigger(['GET'], 'basic'), URL, { a: 1 })).toBe(
    `curl -X GET ${URL} \\\n  -u "$USER_NAME:$PASSWORD"`,
  );
  expect(hookCommand(trigger(['PUT'], 'bearer'), URL, {})).toContain('Bearer $TOKEN');
});

it('has no command for what has to be signed, or without a URL', () => {
  expect(hookCommand(trigger(['POST'], 'github'), URL, {})).toBeNull();
  expect(hookCommand(trigger(['POST'], 'none'), null, {})).toBeNull();
});

it('leaves a large sample out', () => {
  expect(hookCommand(trigger(['POST'], 'none'), URL, { text: 'x'.repeat(5_000) })).toContain("-d '{}'");
});
