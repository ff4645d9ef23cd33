export interface Field {
  /** `vendor.name`, `items[].sku`. */
  path: string;
  type: string;
  required: boolean;
  description: string;
}

type Schema = Record<string, unknown>;

const MAX_FIELDS = 300;
const MAX_DEPTH = 8;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members that a JSON Schema names, nested ones by their path, as many as a table can show. */
export function fieldsOf(schema: Schema): Field[] {
  const fields: Field[] = [];
  const visit = (at: Schema, prefix: string, depth: number): void => {
    const required = Array.isArray(at.required) ? at.required : [];
    for (const [name, value] of Object.entries(isSchema(at.properties) ? at.properties : {})) {
      if (fields.length >= MAX_FIELDS || depth > MAX_DEPTH) return;
      const member = isSchema(value) ? value : {};
      const path = prefix === '' ? name : `${prefix}.${name}`;
      const description = typeof member.description === 'string' ? member.description : '';
      fields.push({ path, type: typeOf(member), required: required.includes(name), description });
      visit(member, path, depth + 1);
      if (isSchema(member.items)) visit(member.items, `${path}[]`, depth + 1);
    }
  };
  visit(schema, '', 0);
  return fields;
}

function typeOf(schema: Schema): string {
  const types = [schema.type].flat().filter((type) => typeof type === 'string');
  if (types.length === 0) return Array.isArray(schema.enum) ? 'one of a list' : 'any';
  const format = typeof schema.format === 'string' ? ` (${schema.format})` : '';
  const items = isSchema(schema.items) && typeof schema.items.type === 'string' ? ` of ${schema.items.type}` : '';
  return types.map((type) => type.replace('array', `list${items}`)).join(' or ') + format;
}

/** A schema that the sample satisfies: members that are not null are required, others are allowed. */
export function schemaOf(sample: unknown): Schema {
  if (sample === null) return {};
  if (Array.isArray(sample)) return sample.length === 0 ? { type: 'array' } : { type: 'array', items: itemsOf(sample) };
  if (!isSchema(sample)) return { type: typeof sample };
  const properties = Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, schemaOf(value)]));
  return { type: 'object', properties, required: Object.keys(sample).filter((name) => sample[name] !== null) };
}

/** Of a list whose members differ nothing is said. */
function itemsOf(list: unknown[]): Schema {
  const [first, ...rest] = list.map(schemaOf);
  return rest.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? first : {};
}
