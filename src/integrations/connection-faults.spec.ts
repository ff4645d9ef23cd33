import { connectionFaults, connectionsOf } from './connection-faults.js';
import { parseIntegration } from './integration.schema.js';

const ID = `con_${'0'.repeat(26)}`;
const OTHER = `con_${'1'.repeat(26)}`;
const definition = (...steps: object[]) => parseIntegration({ name: 'Test', trigger: { type: 'manual' }, steps });
const step = (key: string, rest: object = {}, input: object = {}) => ({
  key,
  action: 'post',
  connectionId: ID,
  input: { url: 'https://api.example.com/x', ...input },
  ...rest,
});
const known = new Map([
  [
    ID,
    {
      name: 'CRM',
      type: 'api-key' as const,
      allowedHosts: ['*.example.com'],
      adds: { headers: ['authorization'], query: ['key'] },
    },
  ],
]);
const told = (...steps: object[]) =>
  connectionFaults(definition(...steps), known).map(({ path, code }) => `${path} ${code}`);

describe('what keeps a step from running with its connection', () => {
  it('is nothing where they fit', () => {
    expect(told(step('a'), step('b', { connectionId: null }, { url: 'https://other.test' }))).toEqual([]);
  });

  it('is that there is none, also of an error step', () => {
    const lost = { connectionId: OTHER };
    expect(told(step('a', { ...lost, errorSteps: [step('b', lost)] }))).toEqual([
      '/steps/0/connectionId unknown_connection',
      '/steps/0/errorSteps/0/connectionId unknown_connection',
    ]);
  });

  it('is a header or a query parameter that the connection sets', () => {
    const input = {
      headers: [{ key: 'X' }, { key: 'AUTHORIZATION', value: 'x' }],
      query: [{ key: 'key' }, { key: 'Key' }],
    };
    expect(told(step('a', {}, input))).toEqual([
      '/steps/0/input/headers/1/key connection_clash',
      '/steps/0/input/query/0/key connection_clash',
    ]);
  });

  it.each([
    ['https://other.test/x', true],
    ['https://other.test?x={{ trigger.data.x }}', true],
    ['https://a.example.com/{{ trigger.data.x }}', false],
    ['https://{{ trigger.data.x }}.test/x', false],
    ['{{ trigger.data.url }}', false],
    ['', false],
  ])('is a host it is not for, as far as %j tells', (url, isFault) => {
    expect(told(step('a', {}, { url }))).toEqual(isFault ? ['/steps/0/input/url host_not_allowed'] : []);
  });

  it('names every connection once', () => {
    const steps = [step('a', { errorSteps: [step('b', { connectionId: OTHER })] }), step('c')];
    expect(connectionsOf(definition(...steps))).toEqual([ID, OTHER]);
  });
});
