import type { JsonSchema } from './event-type.js';

type Properties = Record<string, JsonSchema>;

/** Further members are always welcome: what a sender adds one day must not become a fault. */
export const object = (properties: Properties, required: string[] = [], description?: string): JsonSchema => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  properties,
  ...(required.length === 0 ? {} : { required }),
});

export const list = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', description, items });
export const text = (description: string): JsonSchema => ({ type: 'string', description });
export const time = (description: string): JsonSchema => ({ type: 'string', format: 'date-time', description });
export const count = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
export const flag = (description: string): JsonSchema => ({ type: 'boolean', description });

/** Some systems count their things, others name them. */
export const id = (description: string): JsonSchema => ({ type: ['string', 'integer'], description });

export const maybe = (schema: JsonSchema): JsonSchema => ({ ...schema, type: [schema.type, 'null'].flat() });

/** Any members, by name. */
export const values = (description: string): JsonSchema => ({ type: 'object', description });
