import type { StepInput } from '../../api/types.js';
import { filledRows } from './filled-rows.js';

const input = (rest: object): StepInput =>
  ({ url: 'https://a.example', query: [], headers: [], body: [], omitNulls: false, ...rest }) as unknown as StepInput;
const said = (rest: object) => filledRows(input(rest)).map(({ part, key, leavesOut }) => [part, key, leavesOut]);

describe('the values of a request', () => {
  it('are those of the body, and what is mapped elsewhere', () => {
    const rows = said({
      url: 'https://a.example/{{ trigger.data.id }}',
      query: [
        { key: 'fixed', value: '1' },
        { key: 'q', value: '{{ trigger.data.q }}' },
      ],
      headers: [{ key: 'x', value: 'a {{ run.id }}' }],
      body: [
        { key: 'kind', value: 'order' },
        { key: 'deep', value: { a: ['{{ trigger.data.a }}'] } },
      ],
    });
    expect(rows).toEqual([
      ['URL', '', false],
      ['Query', 'q', false],
      ['Header', 'x', false],
      ['Body', 'kind', false],
      ['Body', 'deep', false],
    ]);
  });

  it('are left out when empty by their own rule, or by that of the step', () => {
    const body = [
      { key: 'a', value: '{{ trigger.data.a }}' },
      { key: 'b', value: '{{ trigger.data.b }}', whenMissing: 'send-null' },
      { key: 'c', value: '{{ trigger.data.c }}', whenMissing: 'omit' },
    ];
    expect(said({ body, omitNulls: true }).map(([, , out]) => out)).toEqual([true, false, true]);
    expect(said({ body }).map(([, , out]) => out)).toEqual([false, false, true]);
  });

  it('are none where the body is one text', () => {
    expect(said({ body: '{"a": "{{ trigger.data.a }}"}' })).toEqual([]);
  });
});
