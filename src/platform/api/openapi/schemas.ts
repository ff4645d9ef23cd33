import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Turns zod schemas into JSON Schema 2020-12; those with an `id` of their own become shared components. */
export class Schemas {
  readonly components: Record<string, JsonSchema> = {};
  private unnamed = 0;

  /** @param io what a caller sends (`input`), or what it gets (`output`); defaults and transforms differ. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    // Wrapped, so that a schema that refers to itself has a name to refer to.
    const json = z.toJSONSchema(z.object({ it: schema }), {
      target: 'draft-2020-12',
      io,
      unrepresentable: 'any',
      reused: 'inline',
    }) as unknown as { properties: { it: JsonSchema }; $defs?: Record<string, JsonSchema> };
    const names = new Map<string, string>();
    for (const [name, definition] of Object.entries(json.$defs ?? {}))
      names.set(name, this.nameFor(name, definition, io));
    for (const [name, definition] of Object.entries(json.$defs ?? {})) {
      const { id: _, ...body } = definition;
      this.components[names.get(name) as string] = pointed(body, names);
    }
    return pointed(json.properties.it, names);
  }

  /** The same schema can look different as input and as output: then the input gets a name of its own. */
  private nameFor(name: string, definition: JsonSchema, io: 'input' | 'output'): string {
    if (name.startsWith('__schema')) return `Unnamed${++this.unnamed}`;
    const { id: _, ...body } = definition;
    const known = this.components[name];
    if (known === undefined || io === 'output') return name;
    const same = JSON.stringify(pointed(body, new Map())) === JSON.stringify(known);
    return same ? name : `${name}Input`;
  }
}

/** The schema with its references pointed at the document's components. */
function pointed(schema: JsonSchema, names: Map<string, string>): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string') return value;
    const name = value.replace(/^#\/\$defs\//, '');
    return `#/components/schemas/${names.get(name) ?? name}`;
  }) as JsonSchema;
}
