export type JsonSchema = Readonly<Record<string, unknown>>;

/** What becomes of an event whose data does not satisfy its type's schema: nothing, a note with the event, or a 422. */
export type Validation = 'off' | 'warn' | 'enforce';

/** Where a workflow that is started by this event is expected to lie: best practice, not mandatory. */
export interface Tree {
  /** What people of that platform call the event, for example `Users Created`. */
  actionTitle: string;
  /** Parts in square brackets stand for slugs in the event's data. */
  treeGroup: string;
  treeName: string;
}

/** Something that can happen and start integrations. */
export interface EventType {
  name: string;
  connector: string;
  title: string;
  description: string;
  /** Of the event's `data`: JSON Schema, draft 2020-12. */
  schema: JsonSchema;
  /** One `data` that satisfies the schema, so that mapping works before the first event. */
  sample: unknown;
  validation: Validation;
  builtin: boolean;
  tree: Tree | null;
}

/** As the files in `builtin/` say it; the rest is the same for all of them. */
export type BuiltinType = Pick<EventType, 'name' | 'title' | 'description' | 'schema' | 'sample'> & { tree?: Tree };
