import { useApp } from '../support/app.js';
import { finishedRun } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

interface Schema {
  properties: Record<string, Schema & { type: string | string[] }>;
}

describe('every time a task is completed in Project, a new entry is added in a form service', () => {
  const app = useApp();
  const forms = useSharedReceiver();

  it('is built from the catalogue alone, tested with its sample, turned On, and run by a real event', async () => {
    // What is there to listen to, and to do?
    const { data: connectors } = (await app.call('GET', '/api/v1/connectors')).body;
    const connector = (title: string) => connectors.find((each: { title: string }) => each.title === title);
    const { eventType } = connector('Project').triggers.find(
      ({ title }: { title: string }) => title === 'Task completed',
    );
    const { key: action, input } = connector('HTTP').actions.find(({ key }: { key: string }) => key === 'post');
    expect(input.properties).toHaveProperty('body');

    // Which fields does it have?
    const type = (await app.call('GET', `/api/v1/event-types/${eventType}`)).body as { schema: Schema; sample: any };
    const fields = Object.keys(type.schema.properties).filter((name) => typeof type.sample[name] === 'string');
    expect(fields).toEqual(expect.arrayContaining(['id', 'name', 'due']));

    const body = fields.map((name) => ({ key: name, value: `{{ trigger.data.${name} }}` }));
    const made = await app.call('POST', '/api/v1/integrations', {
      name: 'Completed task to a form entry',
      trigger: { type: 'event', eventType },
      steps: [{ key: 'add_entry', action, input: { url: `${forms.url}/forms/7/entries`, body } }],
    });
    expect(made.status).toBe(201);
    const path = `/api/v1/integrations/${made.body.id}`;

    forms.script('/forms/7/entries', { status: 201, body: { entry: 1 } }, { status: 201, body: { entry: 2 } });
    const tested = await app.call('POST', `${path}/steps/add_entry/test`, { event: { data: type.sample } });
    expect([tested.body.outcome, JSON.parse(tested.body.request.body)]).toEqual([
      'succeeded',
      Object.fromEntries(fields.map((name) => [name, type.sample[name]])),
    ]);

    expect((await app.call('PUT', `${path}/state`, { state: 'on' })).body.state).toBe('on');
    const data = { id: 'TASK-7', name: 'Sign the lease', due: '2026-12-01' };
    const { body: accepted } = await app.call('POST', '/api/v1/events', { type: eventType, data });
    const run = await finishedRun(app, accepted.runs[0]);
    expect(run.status).toBe('succeeded');
    forms.verify();
    const [, real] = forms.received;
    expect(JSON.parse(real.body)).toMatchObject(data);
  });
});
