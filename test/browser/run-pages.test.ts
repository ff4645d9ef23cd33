import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { send, turnedOn } from '../support/engine.js';
import { greet } from '../support/greeting.js';
import { usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('the pages of lists and runs', () => {
  const app = useApp();
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeEach(async () => {
    page = await pages.openSignedIn(app);
  });

  const greeting = (name: string, eventType: string, path: string) =>
    turnedOn(app, [greet(receiver.url + path)], { name, trigger: { type: 'event', eventType } });
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });

  it('show a run as it comes in, with the exact request and response', async () => {
    const id = await greeting('Seen live', 'project.task.completed', '/live');
    let answer = () => {};
    receiver.script('/live', (_request, response) => {
      answer = () => response.writeHead(201, { 'content-type': 'application/json' }).end('{"no":12345678901234567890}');
    });
    await page.goto(`${app.url}/runs?integrationId=${id}`);
    await page.getByRole('heading', { name: 'No match' }).waitFor();

    expect((await send(app, { name: 'Ada <b>Lovelace</b>' }, { type: 'project.task.completed' })).status).toBe(202);
    await row('Seen live').getByRole('link', { name: 'Seen live' }).click();
    await page.getByRole('status').getByText('Running').waitFor();
    await page.getByText('Waiting for the answer').waitFor();
    await receiver.until(1);
    answer();
    await page.getByRole('status').getByText('Succeeded').waitFor();

    const request = page.getByRole('region', { name: 'Request', exact: true });
    await request.getByText(`${receiver.url}/live`).waitFor();
    const sent = receiver.on('/live')[0];
    const shown = await request.getByRole('region', { name: 'Request body' }).innerText();
    expect(JSON.parse(shown)).toEqual(JSON.parse(sent.body));
    expect(JSON.parse(sent.body)).toEqual({ name: 'Ada <b>Lovelace</b>' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.keyboard.press('c');
    await request.getByRole('button', { name: 'Copied' }).waitFor();
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(command).toContain(`curl ${receiver.url}/live`);
    expect(command).toContain(`--data-raw '${sent.body}'`);

    await request.getByText('Headers').click();
    await request.getByText(sent.headers['idempotency-key'] as string).waitFor();
    await request.getByText('hello', { exact: true }).waitFor();

    const response = page.getByRole('region', { name: 'Response', exact: true });
    await response.getByText('201', { exact: true }).waitFor();
    await response.getByText('12345678901234567890').waitFor();
    expect(await page.locator('#page b').count()).toBe(0);
  });

  it('show new runs at once while nobody is at work in the list, and else behind a bar, so that no row jumps', async () => {
    const id = await greeting('Comes in a row', 'space.user.created', '/row');
    const next = (name: string) => send(app, { name }, { type: 'space.user.created' });
    receiver.always('/row', { status: 200 });
    await page.goto(`${app.url}/runs?integrationId=${id}`);
    await page.getByRole('heading', { name: 'No match' }).waitFor();
    await next('1');
    await row('Comes in a row').getByText('Succeeded').waitFor();
    await next('2');
    await page.getByText('2 runs', { exact: true }).waitFor();

    await page.keyboard.press('j');
    const focused = page.locator('[data-row-link]:focus');
    const place = (await focused.boundingBox())!.y;
    await next('3');
    await next('4');
    await page.getByRole('button', { name: 'Show 2 new runs' }).waitFor();
    expect(await row('Comes in a row').count()).toBe(2);
    expect((await focused.boundingBox())!.y).toBe(place);
    await page.keyboard.press('.');
    await page.getByText('4 runs', { exact: true }).waitFor();
    await focused.waitFor();

    // Whoever leaves the list lets it go on.
    await next('5');
    await page.getByRole('button', { name: 'Show 1 new run' }).waitFor();
    await page.getByRole('searchbox').focus();
    await page.getByText('5 runs', { exact: true }).waitFor();
    await row('Comes in a row').first().hover();
    await next('6');
    await page.getByRole('button', { name: 'Show 1 new run' }).click();
    await page.getByText('6 runs', { exact: true }).waitFor();
  });

  it('keep the list of runs up to date without a stream, and say when nothing is heard any more', async () => {
    const id = await greeting('Heard of all the same', 'space.team.created', '/heard');
    receiver.always('/heard', { status: 200 });
    await page.route('**/api/v1/runs/stream**', (route) => route.abort());
    await page.goto(`${app.url}/runs?integrationId=${id}`);
    await page.getByRole('heading', { name: 'No match' }).waitFor();
    await send(app, { name: '1' }, { type: 'space.team.created' });
    await row('Heard of all the same').getByText('Succeeded').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();

    await page.route('**/api/v1/runs?**', (route) => route.abort());
    await page.getByRole('alert').getByText('Live updates paused. Trying again').waitFor();
    await send(app, { name: '2' }, { type: 'space.team.created' });
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByText('2 runs', { exact: true }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    pages.forgive('/api/v1/runs');
  });

  it('say in words why a run failed', async () => {
    await greeting('Meets a closed door', 'space.user.updated', '/door');
    receiver.always('/door', { status: 403, body: { reason: 'closed' } });
    const { body } = await send(app, { name: 'Eve' }, { type: 'space.user.updated' });
    await page.goto(`${app.url}/runs/${body.runs[0]}`);
    await page.getByText('Failed at step 2').waitFor();
    await page.getByRole('heading', { name: /does not allow this call \(403\)/ }).waitFor();
    await page.getByRole('region', { name: 'Response body' }).getByText('"closed"').waitFor();
  });

  it('fold failed runs by their cause, and lead to those of one', async () => {
    const id = await greeting('Fails alike', 'space.team.updated', '/alike');
    receiver.always('/alike', { status: 503 });
    for (let n = 0; n < 3; n += 1) await send(app, { name: n }, { type: 'space.team.updated' });
    await page.goto(`${app.url}/runs?integrationId=${id}`);
    await row('At step 2, Greet the receiver').nth(2).waitFor();
    await page.getByText('By cause').click();
    const cause = row('503 at Greet the receiver');
    await cause.getByText('3', { exact: true }).waitFor();
    await cause.getByRole('link').click();
    await page.getByText('3 runs', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show the runs of all causes' }).waitFor();
  });

  it('tell an unknown run from a broken page', async () => {
    await page.goto(`${app.url}/runs/run_01jd8t4vz2e5qbv8x3k9m7n6p5`);
    await page.getByRole('heading', { name: 'There is no such run' }).waitFor();
    pages.forgive('/api/v1/runs/run_');
  });
});
