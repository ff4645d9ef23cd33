import { DataCheck, schemaFaults } from './data-check.js';

type Schema = Record<string, unknown>;

const faults = (schema: Schema, data: unknown) => new DataCheck(schema).faults(data, JSON.stringify(data).length);
const told = (schema: Schema, data: unknown) =>
  faults(schema, data)?.map(({ path, code }) => `${path} ${code}`) ?? 'satisfied';
const refused = (schema: Schema) => schemaFaults(schema).map(({ path, code }) => `${path} ${code}`);

describe('a check of data', () => {
  const order = {
    type: 'object',
    required: ['id', 'lines'],
    additionalProperties: false,
    properties: {
      id: { type: 'integer' },
      'a/b': { const: 1 },
      lines: { type: 'array', minItems: 1, uniqueItems: true, items: { $ref: '#/$defs/line' } },
      mail: { type: 'string', format: 'email' },
      code: { type: 'string', pattern: '^\\p{Lu}\\d{3}$' },
      price: { multipleOf: 0.01 },
    },
    $defs: { line: { type: 'object', required: ['sku'], properties: { sku: { type: 'string', minLength: 2 } } } },
  };

  it.each([
    [{ id: 1, lines: [{ sku: 'ab' }] }, 'satisfied'],
    [{ id: 1, lines: [{ sku: 'ab' }], code: 'Ä123', price: 19.99, mail: 'a@b.example' }, 'satisfied'],
    [JSON.parse('{"id":12345678901234567890,"lines":[{"sku":"ab"}]}'), 'satisfied'],
    [{ id: 2, lines: [{ sku: 'ab' }] }, 'satisfied'],
    [[], [' type']],
    [{}, ['/id required', '/lines required']],
    [{ id: '1', lines: [] }, ['/id type', '/lines minItems']],
    [{ id: 1, lines: [{ sku: 'a' }, {}] }, ['/lines/0/sku minLength', '/lines/1/sku required']],
    [{ id: 1, lines: [{ sku: 'ab' }, { sku: 'ab' }] }, ['/lines uniqueItems']],
    [{ id: 1, lines: [{ sku: 'ab' }], 'x~y': 1, 'a/b': 2 }, ['/x~0y additionalProperties', '/a~1b const']],
    [{ id: 1, lines: [{ sku: 'ab' }], mail: 'nobody' }, ['/mail format']],
    [{ id: 1, lines: [{ sku: 'ab' }], code: 'ab' }, ['/code pattern']],
  ])('of %j says %j', (data, expected) => {
    expect(schemaFaults(order)).toEqual([]);
    expect(told(order, data)).toEqual(expected);
  });

  it('does not take what every object has for a member', () => {
    expect(told({ required: ['constructor'] }, {})).toEqual(['/constructor required']);
  });

  it('tells at most twenty faults, and of long data the first', () => {
    const list = { items: { type: 'string' } };
    expect(faults(list, Array(50).fill(1))).toHaveLength(20);
    expect(faults(list, Array(50_000).fill(1))).toHaveLength(1);
  });

  const doubling = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`a${n}`, { allOf: Array(2).fill({ $ref: `#/$defs/a${n + 1}` }) }]),
  );
  it.each<[string, Schema, unknown]>([
    ['a chain that doubles', { $ref: '#/$defs/a0', $defs: { ...doubling, a40: { type: 'string' } } }, {}],
    ['a reference to itself', { allOf: [{ $ref: '#' }] }, {}],
    [
      'a tree that doubles at each level of the data',
      { properties: { a: { allOf: [{ $ref: '#' }, { $ref: '#' }] } } },
      Array(50)
        .fill(0)
        .reduce((inner: unknown) => ({ a: inner }), {}),
    ],
    ['many patterns on many texts', { items: { pattern: '^(a+)+$' } }, Array(20_000).fill('a'.repeat(40))],
    ['a long text', { pattern: '^(a|a)*$' }, 'a'.repeat(1_000_000) + '!'],
    ['many addresses', { items: { format: 'email' } }, Array(3_000).fill(`${'a'.repeat(300)}@a.example`)],
  ])('gives up on %s', (_name, schema, data) => {
    expect(schemaFaults(schema)).toEqual([]);
    expect(told(schema, data)).toEqual([' too_much_work']);
  });

  it.each<[string, Schema, unknown]>([
    ['whose items must all differ', { uniqueItems: true }, Array.from({ length: 100_000 }, (_, n) => ({ n }))],
    ['whose items are all looked at', { items: { type: 'integer', minimum: 0 } }, Array(400_000).fill(1)],
  ])('ends with long lists %s', (_name, schema, data) => {
    expect(told(schema, data)).toBe('satisfied');
  });
});

describe('a schema', () => {
  it.each<[Schema, string[]]>([
    [{ type: 'objekt' }, ['/type enum', '/type type']],
    [{ minLength: -1 }, ['/minLength minimum']],
    [{ $ref: 'https://example.com/schema' }, ['/$ref not_allowed']],
    [{ $ref: 'file:///etc/passwd' }, ['/$ref not_allowed']],
    [{ $ref: '#/$defs/none' }, ['/$ref not_found']],
    [{ $ref: '#/enum/0', enum: [{ $ref: '#' }] }, ['/$ref not_found']],
    [{ items: { $ref: '#/%' } }, ['/items/$ref not_allowed']],
    [{ $id: 'https://json-schema.org/draft/2020-12/schema' }, ['/$id not_allowed']],
    [{ $schema: 'http://json-schema.org/draft-07/schema#' }, ['/$schema not_allowed']],
    [
      { $dynamicRef: '#a', $defs: { a: { $dynamicAnchor: 'a' } } },
      ['/$dynamicRef not_allowed', '/$defs/a/$dynamicAnchor not_allowed'],
    ],
    [{ pattern: '(?=a)' }, [' invalid']],
    [{ pattern: 'a'.repeat(3_000) }, [' too_big']],
    [{ properties: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [n, {}])) }, [' too_big']],
  ])('%j is refused: %j', (schema, expected) => {
    expect(refused(schema).slice(0, 2)).toEqual(expected);
  });

  it('may not nest endlessly', () => {
    const deep = Array(40)
      .fill(0)
      .reduce((inner: Schema) => ({ not: inner }), { type: 'string' } as Schema);
    expect(refused(deep)).toContainEqual(expect.stringMatching(/ too_deep$/));
  });

  it.each<Schema>([
    { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Anything' },
    { properties: { next: { $ref: '#' } } },
    { $defs: { 'a b/c': { type: 'string' } }, $ref: '#/$defs/a%20b~1c' },
    { properties: { $ref: { type: 'string' }, pattern: {}, $id: { type: 'string' } } },
    { 'x-unknown': { $ref: 'https://example.com' }, format: 'unknown-format', example: 1 },
  ])('%j is good', (schema) => {
    expect(refused(schema)).toEqual([]);
    expect(faults(schema, 'text')).toBeNull();
  });

  it('cannot bring code along', () => {
    const nasty = `"];globalThis.pwned=1;\u2028'\`\${globalThis.pwned=1}`;
    const schema = {
      title: nasty,
      properties: { [nasty]: { const: nasty, description: nasty } },
      required: [nasty],
      enum: [{ [nasty]: nasty }, nasty],
    };
    expect(schemaFaults(schema)).toEqual([]);
    expect(told(schema, {})).toEqual([' enum', `/${nasty} required`]);
    expect(told(schema, { [nasty]: nasty })).toBe('satisfied');
    expect(globalThis).not.toHaveProperty('pwned');
  });
});
