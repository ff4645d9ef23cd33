import { connectors, eventTypes, findAction, findEventType, nearEventTypes } from './catalog.js';

describe('the built-in event types', () => {
  it('are those of the product, each named once', () => {
    const names = eventTypes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...names].sort()).toEqual(
      [
        ...['created', 'updated', 'assigned', 'completed', 'deleted'].map((each) => `project.task.${each}`),
        ...['created', 'updated', 'deleted'].map((each) => `process.instance.${each}`),
        ...['created', 'updated', 'deleted'].flatMap((each) => [`space.user.${each}`, `space.team.${each}`]),
        ...['created', 'updated'].flatMap((each) => [`space.datastore_form.${each}`, `kapp.form.${each}`]),
        ...['created', 'submitted'].flatMap((each) => [
          `space.datastore_submission.${each}`,
          `kapp.submission.${each}`,
        ]),
        ...['started', 'finished', 'failed', 'recovered', 'sample_finished'].map((each) => `workflow.${each}`),
        ...['data_change', 'export_completed', 'validation_anomaly_change'].map((each) => `workflow.${each}`),
        ...['maintenance', 'service_degradation', 'credits_low', 'free_trial_ending'].map((each) => `system.${each}`),
        'hookline.welcome',
      ].sort(),
    );
  });

  it('are found by name, and only their own', () => {
    expect(findEventType('project.task.completed')).toMatchObject({
      connector: 'project',
      validation: 'warn',
      builtin: true,
    });
    expect(findEventType('constructor')).toBeUndefined();
  });

  it.each([
    ['project.task.complete', 'project.task.completed'],
    ['Project.Task.Completed', 'project.task.completed'],
    ['task.completed', 'project.task.completed'],
    ['project:task_completed', 'project.task.completed'],
    ['workflow_finished', 'workflow.finished'],
    ['workflow.datachange', 'workflow.data_change'],
    ['space.datastore_forms.created', 'space.datastore_form.created'],
  ])('%s is near %s', (wrong, right) => {
    expect(nearEventTypes(wrong)[0]).toBe(right);
  });

  it.each(['', 'something.else.entirely', 'x'.repeat(10_000)])('nothing is near %.30s', (name) => {
    expect(nearEventTypes(name)).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('shows each trigger under its connector, and the four HTTP actions with the schema of their input', () => {
    expect(connectors.flatMap(({ triggers }) => triggers)).toHaveLength(eventTypes.length);
    const http = connectors.find(({ key }) => key === 'http');
    expect(http?.actions.map(({ key }) => key)).toEqual(['get', 'post', 'put', 'custom']);
    expect(http?.actions[3].input).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['url'],
      properties: { bodyType: { default: 'json' }, omitNulls: { type: 'boolean', default: false } },
    });
  });

  it.each([
    ['http', 'post', true],
    ['http', 'patch', false],
    ['project', 'post', false],
    ['constructor', 'get', false],
    ['__proto__', 'get', false],
  ])('%s.%s: %s', (connector, action, known) => {
    expect(findAction(connector, action) !== undefined).toBe(known);
  });
});
