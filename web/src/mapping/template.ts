/*
 * Texts with `{{ expressions }}` as the fields of the builder see them: literal text, plain paths (shown as pills) and
 * everything else. The grammar is the server's; what it would refuse is plain text here, and the server says why.
 */

/** A key of an object, or an index of a list. */
export type PathStep = string | number;

export type Segment =
  | { kind: 'text'; text: string; from: number; to: number }
  | { kind: 'path'; path: PathStep[]; source: string; from: number; to: number }
  | { kind: 'expression'; source: string; from: number; to: number };

export const ROOTS: ReadonlySet<string> = new Set(['trigger', 'steps', 'run', 'integration']);

const ROOT = /^[\p{ID_Start}_$][\p{ID_Continue}$]*/u;
const STEP = /\s*(?:\.\s*([\p{ID_Start}_$][\p{ID_Continue}$]*)|\[\s*(\d{1,9})\s*\]|\[\s*("[^"\\]*"|'[^'\\]*')\s*\])/uy;
const NAME = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/** The steps of a plain path that begins at a name in scope; null for anything more. */
export function parsePath(text: string): PathStep[] | null {
  const root = ROOT.exec(text);
  if (!root || !ROOTS.has(root[0])) return null;
  const steps: PathStep[] = [root[0]];
  STEP.lastIndex = root[0].length;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (!match) return null;
    const [, name, index, quoted] = match;
    steps.push(name ?? (index === undefined ? quoted.slice(1, -1) : Number(index)));
  }
  return steps;
}

/** A path as it is written; null where it cannot be (a key with both kinds of quotes in it, or a backslash). */
export function pathText(path: readonly PathStep[]): string | null {
  let text = String(path[0]);
  for (const step of path.slice(1)) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (NAME.test(step)) text += `.${step}`;
    else {
      const quote = step.includes('"') ? "'" : '"';
      if (step.includes('\\') || step.includes(quote)) return null;
      text += `[${quote}${step}${quote}]`;
    }
  }
  return text;
}

export const inBraces = (source: string): string => `{{ ${source} }}`;

export function segmentsOf(template: string): Segment[] {
  const segments: Segment[] = [];
  const addText = (from: number, to: number) => {
    if (to > from) segments.push({ kind: 'text', text: template.slice(from, to), from, to });
  };
  let from = 0;
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', from)) {
    const close = endOfExpression(template, open + 2);
    if (close < 0) break;
    addText(from, open);
    const source = template.slice(open + 2, close).trim();
    const path = parsePath(source);
    const place = { source, from: open, to: close + 2 };
    segments.push(path ? { kind: 'path', path, ...place } : { kind: 'expression', ...place });
    from = close + 2;
  }
  addText(from, template.length);
  return segments;
}

/** What stands between the braces of a template that is one expression and nothing else; otherwise null. */
export function loneExpression(template: string): string | null {
  const segments = segmentsOf(template);
  return segments.length === 1 && segments[0].kind !== 'text' ? segments[0].source : null;
}

export const isLiteral = (template: string): boolean => !template.includes('{{');

export type Change = { value: string } | { refused: string };

/** The same value as one expression. */
export function asExpression(template: string): Change {
  const segments = segmentsOf(template);
  if (segments.length === 0) return { value: '' };
  if (segments.length > 1)
    return { refused: 'Text with data in it is not one expression. Keep one of them, then switch.' };
  const [only] = segments;
  if (only.kind !== 'text') return { value: template };
  if (only.text.includes('{{')) return { refused: 'An opening {{ here has no closing }}. Close it, then switch.' };
  return { value: inBraces(JSON.stringify(only.text)) };
}

/** The same value as text with data in it; refused where that would change it. */
export function asText(template: string): Change {
  const source = loneExpression(template);
  if (template.trim() === '' || source === null || source === '') return { value: '' };
  if (parsePath(source)) return { value: template };
  const literal = stringLiteral(source);
  if (literal !== null && !literal.includes('{{')) return { value: literal };
  return { refused: 'This expression works something out: as text it would not. Empty it to go back to text.' };
}

function stringLiteral(source: string): string | null {
  if (!/^"(?:[^"\\]|\\["\\/bfnrt])*"$/.test(source)) return null;
  try {
    return JSON.parse(source) as string;
  } catch {
    return null;
  }
}

/** Index of the `}}` that ends the expression; those inside CEL's strings and maps do not. -1: there is none. */
function endOfExpression(source: string, from: number): number {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    const char = source[i];
    if (char === '"' || char === "'") i = endOfString(source, i);
    else if (char === '{') depth++;
    else if (char === '}') {
      if (depth > 0) depth--;
      else if (source[i + 1] === '}') return i;
    }
  }
  return -1;
}

function endOfString(source: string, from: number): number {
  const quote = source[from];
  const mark = source.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
  for (let i = from + mark.length; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source.startsWith(mark, i)) return i + mark.length - 1;
  }
  return source.length;
}
