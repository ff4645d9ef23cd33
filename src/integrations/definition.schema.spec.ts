import type { HttpStep } from '../core/definition.js';
import { HooklineError } from '../core/errors.js';
import { parseJson } from '../core/json.js';
import { definitionText, parseIntegration, parsePatch } from './integration.schema.js';

const trigger = { type: 'manual' };
const step = (rest: object = {}) => ({ key: 'send', action: 'post', input: { url: 'https://a.example' }, ...rest });
const withStep = (rest: object) => ({ name: 'n', trigger, steps: [step(rest)] });

function refusal(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof HooklineError) return error.faults.map(({ path, code }) => `${path} ${code}`);
    throw error;
  }
  return [];
}
const faults = (body: unknown) => refusal(() => parseIntegration(body));

describe('the shape of an integration', () => {
  it('needs a name and a type of trigger only', () => {
    expect(parseIntegration({ name: 'n', trigger })).toEqual({
      name: 'n',
      description: '',
      trigger: { type: 'manual', eventType: null, filter: null, path: null, whenOff: 'hold', orderingKey: null },
      steps: [],
    });
    expect(faults({})).toEqual(['/name required', '/trigger required']);
    expect(faults(undefined)).toEqual([' required']);
    expect(faults([])).toEqual([' wrong_type']);
    expect(faults({ name: 'n', trigger: {} })).toHaveLength(1);
  });

  it('keeps an event type, or the list of them, as it was given', () => {
    const typeOf = (eventType: unknown) =>
      parseIntegration({ name: 'n', trigger: { type: 'event', eventType } }).trigger.eventType;
    expect(typeOf('a.b')).toBe('a.b');
    expect(typeOf(['a.b'])).toEqual(['a.b']);
    expect(faults({ name: 'n', trigger: { type: 'event', eventType: Array(51).fill('a') } })).toHaveLength(1);
    expect(faults({ name: 'n', trigger: { type: 'manual', eventType: 'a' } })).toEqual(['/trigger/eventType invalid']);
    expect(faults({ name: 'n', trigger: { type: 'event', eventType: 'a\0b' } })).toEqual([
      '/trigger/eventType invalid',
    ]);
  });

  it('names a step after its key until somebody names it', () => {
    expect(parseIntegration(withStep({ key: 'create_entry' })).steps[0].name).toBe('Create entry');
    expect(parseIntegration(withStep({ name: 'Mine' })).steps[0].name).toBe('Mine');
  });

  it('writes one text for one content, whatever was left to its default', () => {
    const short = parseIntegration(withStep({}));
    const backwards = Object.fromEntries(Object.entries(short.steps[0]).reverse());
    const long = parseIntegration(JSON.parse(JSON.stringify({ ...short, steps: [backwards] })));
    expect(definitionText(long.trigger, long.steps)).toBe(definitionText(short.trigger, short.steps));
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'n'.repeat(201) }],
    ['name', { name: 'a\u0000b' }],
    ['name', { name: 'a\ud800' }],
    ['name', { name: 'two\nlines' }],
    ['description', { description: 'n'.repeat(4001) }],
    ['steps', { steps: Array.from({ length: 101 }, (_, index) => step({ key: `s${index}` })) }],
    ['steps', { steps: {} }],
    ['trigger', { trigger: [] }],
    ['color', { color: 'red' }],
  ])('refuses a bad %s', (field, part) => {
    const found = faults({ name: 'n', trigger, ...part });
    expect(found.length).toBeGreaterThan(0);
    for (const fault of found) expect(fault.split(' ')[0]).toBe(`/${field}`);
  });

  it.each([
    ['key', { key: 'Send' }],
    ['key', { key: '1a' }],
    ['key', { key: `a${'b'.repeat(64)}` }],
    ['action', { action: 'fly' }],
    ['action', { connector: 'fax' }],
    ['kind', { kind: 'delay' }],
    ['connectionId', { connectionId: 'con_x' }],
    ['timeoutMs', { timeoutMs: 300_001 }],
    ['timeoutMs', { timeoutMs: 1.5 }],
    ['retry/attempts', { retry: { attempts: 0 } }],
    ['retry/maxDelayMs', { retry: { firstDelayMs: 700_000 } }],
    ['retry/firstDelayMs', { retry: { firstDelayMs: -1 } }],
    ['retry/on/0', { retry: { on: ['6xx'] } }],
    ['onError', { onError: 'ignore' }],
    ['if', { if: '' }],
    ['idempotencyKey', { idempotencyKey: 'yes' }],
    ['input/url', { input: {} }],
    ['input/pagination/by', { input: { url: '', pagination: {} } }],
    ['errorSteps/0/errorSteps', { errorSteps: [step({ key: 'x', errorSteps: [step({ key: 'y' })] })] }],
    ['errorSteps/0/input/url', { errorSteps: [step({ key: 'x', input: { url: 1 } })] }],
    ['errorSteps/0/key', { errorSteps: [step()] }],
    ['colour', { colour: 'red' }],
  ])('refuses a bad %s of a step', (field, part) => {
    const found = faults(withStep(part));
    expect(found.map((fault) => fault.split(' ')[0])).toEqual([`/steps/0/${field}`]);
  });

  it('says of what is to come that it is not available yet', () => {
    const message = (body: unknown) => {
      try {
        parseIntegration(body);
      } catch (error) {
        return (error as HooklineError).faults[0].message;
      }
      return null;
    };
    expect(message(withStep({ kind: 'for-each' }))).toBe('Steps of kind "for-each" are not available yet.');
    expect(message({ name: 'n', trigger: { ...trigger, orderingKey: 'a' } })).toContain('not available yet');
  });

  it('counts error steps too', () => {
    const steps = Array.from({ length: 51 }, (_, index) =>
      step({ key: `s${index}`, errorSteps: [step({ key: `e${index}` })] }),
    );
    expect(faults({ name: 'n', trigger, steps })).toEqual(['/steps too_big']);
  });

  it('takes numbers written in any way as numbers, and keeps those that a step sends as they are', () => {
    const body = parseJson(
      `{"name":"n","trigger":{"type":"manual"},"steps":[{"key":"a","action":"post","timeoutMs":3e4,"retry":{"attempts":2.0},
        "input":{"url":"","redirects":1.0,"body":[{"key":"n","value":{"big":[1.0,12345678901234567890]}}]}}]}`,
    );
    const [{ timeoutMs, retry, input }] = parseIntegration(body).steps as HttpStep[];
    expect([timeoutMs, retry.attempts, input.redirects]).toEqual([30_000, 2, 1]);
    expect(JSON.stringify(input.body)).toBe('[{"key":"n","value":{"big":[1.0,12345678901234567890]}}]');
  });

  it('takes a part of an integration as a change', () => {
    expect(parsePatch({ description: '' })).toEqual({ description: '' });
    expect(parsePatch({ trigger }).trigger).toMatchObject({ whenOff: 'hold' });
    expect(refusal(() => parsePatch({ id: 'int_x' }))).toEqual(['/id unknown_field']);
  });

  it('refuses what would not fit into a row', () => {
    const body = Array.from({ length: 30 }, (_, index) => ({ key: `k${index}`, value: 'x'.repeat(40_000) }));
    const { steps, trigger: event } = parseIntegration(withStep({ input: { url: '', body } }));
    expect(() => definitionText(event, steps)).toThrow(expect.objectContaining({ kind: 'too_large' }));
  });
});
