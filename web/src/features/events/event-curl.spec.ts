import { execFileSync } from 'node:child_process';
import { parseExact } from '../../ui/exact-json.js';
import type { EventDetail } from '../../api/types.js';
import { eventCurl } from './event-curl.js';

const event = (data: string, rest: object = {}) =>
  ({ type: 'project.task.completed', source: 'crm', subject: null, data: parseExact(data), ...rest }) as EventDetail;
/** What a real shell hands to the program. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\n'`)], { env: { HOOKLINE_KEY: 'k' } })
    .toString()
    .trimEnd()
    .split('\n');

it('sends what the event held, whatever quotes and digits are in it', () => {
  const data = `{"name":"Ada's $HOME \`id\` \\"x\\"","id":12345678901234567890}`;
  const words = wordsOf(eventCurl(event(data, { subject: "a'b" }), 'http://localhost:3000'));
  expect(words.slice(0, 3)).toEqual(['-X', 'POST', 'http://localhost:3000/api/v1/events']);
  expect(words).toContain('authorization: Bearer k');
  expect(words.at(-1)).toBe(
    `{"type":"project.task.completed","source":"crm","subject":"a'b","data":{"name":"Ada's $HOME \`id\` \\"x\\"","id":12345678901234567890}}`,
  );
});
