import { fieldsOf, schemaOf } from './schema-fields.js';

describe('the fields of an event type', () => {
  it('are named by their path, with type and duty', () => {
    const schema = {
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'string', description: 'Whose.' },
        due: { type: ['string', 'null'], format: 'date-time' },
        lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
        free: true,
      },
    };
    expect(fieldsOf(schema).map(({ path, type, required }) => [path, type, required])).toEqual([
      ['id', 'string', true],
      ['due', 'string or null (date-time)', false],
      ['lines', 'list of object', false],
      ['lines[].sku', 'string', false],
      ['free', 'any', false],
    ]);
  });

  it('are read off a sample', () => {
    expect(schemaOf({ id: 'a', none: null, tags: ['x', 'y'], mixed: [1, 'a'] })).toEqual({
      type: 'object',
      required: ['id', 'tags', 'mixed'],
      properties: {
        id: { type: 'string' },
        none: {},
        tags: { type: 'array', items: { type: 'string' } },
        mixed: { type: 'array', items: {} },
      },
    });
  });
});
