/*
 * JSON without loss of digits: numbers that a double would write differently stay `JSON.rawJSON` objects, which
 * `JSON.stringify` writes back as they were (browsers since 2023–2025; an older one shows the nearest double).
 */
interface RawNumber {
  readonly rawJSON: string;
}
interface JsonWithSource {
  parse(text: string, reviver: (key: string, value: unknown, context?: { source?: string }) => unknown): unknown;
  rawJSON?(text: string): RawNumber;
  isRawJSON?(value: unknown): value is RawNumber;
}
const json = JSON as unknown as JsonWithSource;

/** Throws `SyntaxError`. */
export function parseExact(text: string): unknown {
  return json.parse(text, (_key, value, context) =>
    typeof value === 'number' && context?.source !== undefined && json.rawJSON && String(value) !== context.source
      ? json.rawJSON(context.source)
      : value,
  );
}

export const isRawNumber = (value: unknown): value is RawNumber => json.isRawJSON?.(value) ?? false;

/** The value of a JSON text; undefined where it is none. */
export function tryParse(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}
