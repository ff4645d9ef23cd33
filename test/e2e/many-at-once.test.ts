import { useApp } from '../support/app.js';
import { finishedRun, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

/** More than there are connections to the database for the API. */
const MANY = Array.from({ length: 20 }, (_, n) => n);

const app = useApp();
const stub = useSharedReceiver();

it('replays many runs at once of versions that the process has not read yet', async () => {
  stub.always('/', {});
  const steps = (key: string) => [{ key, action: 'get', input: { url: stub.url } }];
  const runs: string[] = [];
  for (const n of MANY) {
    const id = await turnedOn(app, steps(`then_${n}`));
    const { body } = await app.call('POST', `/api/v1/integrations/${id}/runs`, { data: {} });
    runs.push((await finishedRun(app, body.runId)).id);
    const { headers } = await app.call('GET', `/api/v1/integrations/${id}`);
    const ifMatch = { 'if-match': headers.get('etag')! };
    await app.call('PATCH', `/api/v1/integrations/${id}`, { steps: steps(`now_${n}`) }, ifMatch);
    const published = await app.call('POST', `/api/v1/integrations/${id}/publish`, {});
    expect(published).toMatchObject({ status: 200, body: { version: 2 } });
  }
  await app.goAway();
  await app.comeBack();
  const replay = (id: string) => app.call('POST', `/api/v1/runs/${id}/replay`, { from: 'start', version: 'original' });
  const answers = await Promise.all(runs.map(replay));
  expect(answers.map(({ status }) => status)).toEqual(MANY.map(() => 202));
});
