import type { Pair } from '../../../api/types.js';
import { bodyText, readBody } from './body-json.js';

const pairs: Pair[] = [
  { key: 'name', value: '{{ trigger.data.name }}', whenMissing: 'fail' },
  { key: 'memo', value: 'Approved on {{ trigger.data.day }} by "{{ trigger.data.who }}"' },
  { key: '2', value: 5 },
  { key: 'nested', value: { list: ['{{ steps.a.body.b }}', null, true] } },
  { key: 'text', value: '' },
];

describe('body parameters as JSON', () => {
  it('come back as they were, rules and order too', () => {
    expect(readBody(bodyText(pairs), pairs)).toEqual({ pairs });
    expect(readBody(bodyText([]), [])).toEqual({ pairs: [] });
  });

  it('may hold expressions without quotes', () => {
    expect(readBody('{"a": {{ trigger.data.n * 2 }}, "b": "x {{ run.id }}"}', [])).toEqual({
      pairs: [
        { key: 'a', value: '{{ trigger.data.n * 2 }}' },
        { key: 'b', value: 'x {{ run.id }}' },
      ],
    });
  });

  it.each([
    ['{"a": ', 'not valid JSON'],
    ['[1]', 'one object'],
    ['{"a": 1, "a": 2}', 'twice'],
    ['{"": 1}', 'empty'],
    ['{"a": 12345678901234567890}', 'more digits'],
  ])('%s is refused with a reason', (text, reason) => {
    expect(readBody(text, [])).toEqual({ problem: expect.stringContaining(reason) });
  });
});
