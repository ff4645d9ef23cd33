import { connectorsOf, findAction } from './catalog.js';
import { builtinTypes, findBuiltinType } from './event-types/builtin-types.js';
import { nearNames } from './event-types/near-names.js';
import { DataCheck, schemaFaults } from './json-schema/data-check.js';

const connectors = connectorsOf(builtinTypes);

const names = builtinTypes.map(({ name }) => name);

describe('the built-in event types', () => {
  it('are those of the product, each named once', () => {
    const names = builtinTypes.map(({ name }) => name);
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
        ...['webhook.received', 'schedule.fired', 'manual.started'],
      ].sort(),
    );
  });

  it.each(builtinTypes)('$name has a sound schema, which its sample satisfies', ({ schema, sample }) => {
    expect(schemaFaults(schema)).toEqual([]);
    expect(new DataCheck(schema).faults(sample, 0)).toBeNull();
  });

  it('say where the platform expects a workflow for each of its 14 events', () => {
    const trees = builtinTypes.flatMap(({ tree }) =>
      tree ? [`${tree.actionTitle}: ${tree.treeGroup} :: ${tree.treeName}`] : [],
    );
    expect(trees).toEqual([
      'Users Created: Users :: Created',
      'Users Updated: Users :: Updated',
      'Users Deleted: Users :: Deleted',
      'Team Created: Teams :: Created',
      'Team Updated: Teams :: Updated',
      'Team Deleted: Teams :: Deleted',
      'Datastore Form Created: Datastore Forms > [datastore-form-slug] :: Created',
      'Datastore Form Updated: Datastore Forms > [datastore-form-slug] :: Updated',
      'Datastore Submission Created: Datastore Submissions > [datastore-form-slug] :: Created',
      'Datastore Submission Submitted: Datastore Submissions > [datastore-form-slug] :: Submitted',
      'Form Created: [kapp-slug] > [form-slug] :: Created',
      'Form Updated: [kapp-slug] > [form-slug] :: Updated',
      'Submission Created: Submissions > [kapp-slug] > [form-slug] :: Created',
      'Submission Submitted: Submissions > [kapp-slug] > [form-slug] :: Submitted',
    ]);
  });

  it('are found by name, and only their own', () => {
    expect(findBuiltinType('project.task.completed')).toMatchObject({
      connector: 'project',
      validation: 'warn',
      builtin: true,
    });
    expect(findBuiltinType('constructor')).toBeUndefined();
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
    expect(nearNames(wrong, names)[0]).toBe(right);
  });

  it.each(['', 'something.else.entirely', 'x'.repeat(10_000)])('nothing is near %.30s', (name) => {
    expect(nearNames(name, names)).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('shows each trigger under its connector, and the four HTTP actions with the schema of their input', () => {
    expect(connectors.flatMap(({ triggers }) => triggers)).toHaveLength(builtinTypes.length);
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
