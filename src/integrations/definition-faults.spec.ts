import type { Definition } from '../core/definition.js';
import { definitionFaults } from './definition-faults.js';
import { parseIntegration } from './integration.schema.js';

const definition = (parts: object): Definition => {
  const { trigger, steps } = parseIntegration({
    name: 'Test',
    trigger: { type: 'event', eventType: 'project.task.completed' },
    ...parts,
  });
  return { trigger, steps };
};
const step = (key: string, url = 'https://api.example.com', rest: object = {}) => ({
  key,
  action: 'post',
  input: { url },
  ...rest,
});
const types = { has: (name: string) => name === 'project.task.completed', near: () => ['project.task.completed'] };
const told = (parts: object) => definitionFaults(definition(parts), types).map(({ path, code }) => `${path} ${code}`);

describe('what keeps a definition from running', () => {
  it('is nothing where every mapping has its value', () => {
    const reads = 'https://a.example/{{ steps.first.body.id }}/{{ trigger.data.id }}';
    const steps = [
      step('first'),
      step('second', reads, {
        if: 'steps.first.status == 200',
        onError: 'error-steps',
        errorSteps: [
          step('tell', 'https://a.example/{{ steps.second.status }}'),
          step('log', 'https://a.example/{{ steps.tell.status }}'),
        ],
      }),
    ];
    expect(
      told({ steps, trigger: { type: 'event', eventType: 'project.task.completed', filter: 'trigger.data.ok' } }),
    ).toEqual([]);
  });

  it('needs a step', () => {
    expect(told({ steps: [] })).toEqual(['/steps required']);
  });

  it.each([
    [null, '/trigger/eventType required'],
    [[], '/trigger/eventType required'],
    ['project.task.complete', '/trigger/eventType unknown_event_type'],
    [['project.task.completed', 'no.such'], '/trigger/eventType/1 unknown_event_type'],
    ['manual.started', '/trigger/eventType unknown_event_type'],
  ])('needs an event type that there is: %j', (eventType, expected) => {
    expect(told({ trigger: { type: 'event', eventType }, steps: [step('a')] })).toEqual([expected]);
  });

  it('names near event types', () => {
    const trigger = { type: 'event', eventType: 'project.task.complete' };
    expect(definitionFaults(definition({ trigger, steps: [step('a')] }), types)[0].message).toContain(
      'project.task.completed',
    );
  });

  it('asks no event type of a manual trigger', () => {
    expect(told({ trigger: { type: 'manual' }, steps: [step('a')] })).toEqual([]);
  });

  it.each(['trigger.data.', 'steps.a.status == 200', 'process.exit()'])(
    'finds a filter that cannot work: %s',
    (filter) => {
      const trigger = { type: 'event', eventType: 'project.task.completed', filter };
      expect(told({ trigger, steps: [step('a')] })).toEqual(['/trigger/filter expression']);
    },
  );

  it('finds every expression that cannot work, wherever it stands', () => {
    const input = {
      url: 'https://a.example/{{ nope.x }}',
      query: [{ key: 'a', value: '{{ 1 + }}' }],
      body: [{ key: 'b', value: { deep: ['{{ }}'] } }],
    };
    expect(told({ steps: [{ key: 'a', action: 'post', input, if: '1 +' }] })).toEqual([
      '/steps/0/if expression',
      '/steps/0/input/url expression',
      '/steps/0/input/query/0/value expression',
      '/steps/0/input/body/0/value/deep/0 expression',
    ]);
  });

  it('finds a mapping from a step that has not run by then', () => {
    const own = 'https://a.example/{{ steps.a.status }}';
    expect(told({ steps: [step('a', own)] })).toEqual(['/steps/0/input/url unknown_step']);
    const later = 'https://a.example/{{ steps.b.status }}{{ steps.b.body.id }}';
    expect(told({ steps: [step('a', later), step('b')] })).toEqual(['/steps/0/input/url unknown_step']);
    expect(told({ steps: [step('a', undefined, { if: 'steps.zed.status == 1' })] })).toEqual([
      '/steps/0/if unknown_step',
    ]);
  });

  it('lets no step read an error step of an earlier one', () => {
    const errorSteps = [step('tell')];
    const steps = [
      step('a', undefined, { onError: 'error-steps', errorSteps }),
      step('b', 'https://a.example/{{ steps.tell.status }}'),
    ];
    expect(told({ steps })).toEqual(['/steps/1/input/url unknown_step']);
  });

  it('finds a missing or impossible URL', () => {
    expect(told({ steps: [step('a', ' '), step('b', 'ftp://a.example')] })).toEqual([
      '/steps/0/input/url required',
      '/steps/1/input/url invalid_url',
    ]);
  });
});
