import { useApp } from '../support/app.js';

/** What a builder is told by the test of one step, where there is nothing to send. */
describe('the test of a step', () => {
  const app = useApp();
  let id: string;

  beforeAll(async () => {
    const wrong = { headers: [{ key: 'Host', value: 'a' }], body: [{ key: 'a', value: '{{' }] };
    const { body } = await app.call('POST', '/api/v1/integrations', {
      name: 'Draft',
      trigger: { type: 'event', eventType: 'project.task.completed' },
      steps: [
        { key: 'a', action: 'get', input: { url: 'https://example.com' } },
        {
          key: 'b',
          action: 'post',
          if: 'foo(',
          input: { url: 'https://example.com', ...wrong },
          errorSteps: [{ key: 'c', action: 'post', input: { url: 'ftp://example.com' } }],
        },
        { key: 'd', action: 'get', input: { url: 'ftp://example.com' } },
      ],
    });
    id = body.id;
  });

  const test = (key: string, body: object) => app.call('POST', `/api/v1/integrations/${id}/steps/${key}/test`, body);

  it.each([
    ['b', ['/steps/1/if', '/steps/1/input/headers/0/key', '/steps/1/input/body/0/value']],
    ['c', ['/steps/1/errorSteps/0/input/url']],
    ['d', ['/steps/2/input/url']],
  ])('names every problem of step %s by where it stands in the definition', async (key, paths) => {
    const { status, body } = await test(key, { preview: true });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'invalid_definition' });
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
  });

  it('says that a sample needs data', async () => {
    const { status, body } = await test('a', { event: {} });
    expect({ status, errors: body.errors }).toEqual({
      status: 422,
      errors: [{ path: '/event/data', code: 'required', message: 'Missing: give a value.' }],
    });
  });
});
