import { isObject, parseJson } from '../../core/json.js';
import { toText } from '../../platform/expressions/text.js';
import type { Budget } from '../../platform/expressions/budget.js';
import type { Expression, Scope } from '../../platform/expressions/template.js';
import { compileText, type FaultList, type Mapped } from './mapped-value.js';

/**
 * A JSON text with expressions in it, read as a tree once: a value can never break out of its place, whatever it holds.
 * `{{ expression }}` alone, in quotes or not, keeps its type; within other text of a string it becomes text.
 */
export function compileJsonTemplate(source: string, faults: FaultList): Mapped<unknown> {
  const template = compileText(source, ['body'], faults);
  if (template === null) return () => null;
  // Unguessable, so that no text of the user's can look like a place.
  const mark = crypto.randomUUID();
  const expressions: Expression[] = [];
  let text = '';
  let isInString = false;
  for (const part of template.parts) {
    if (typeof part === 'string') {
      isInString = endsInString(part, isInString);
      text += part;
    } else {
      const place = `${mark}:${expressions.push(part) - 1};`;
      text += isInString ? place : `"${place}"`;
    }
  }
  try {
    return mapTree(parseJson(text), new RegExp(`${mark}:(\\d+);`), expressions);
  } catch (error) {
    const where =
      error instanceof KeyFault ? error.message : 'The body is not valid JSON once its expressions have values.';
    faults.add(['body'], 'invalid_json', where);
    return () => null;
  }
}

class KeyFault extends Error {}

function endsInString(text: string, begunInString: boolean): boolean {
  let isInString = begunInString;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') isInString = !isInString;
    else if (isInString && text[i] === '\\') i++;
  }
  return isInString;
}

function mapTree(value: unknown, place: RegExp, expressions: readonly Expression[]): Mapped<unknown> {
  if (typeof value === 'string') return mapString(value, place, expressions);
  if (Array.isArray(value)) {
    const elements = value.map((element) => mapTree(element, place, expressions));
    return (scope, budget) => elements.map((element) => element(scope, budget));
  }
  if (!isObject(value)) return () => value;
  const members = Object.entries(value).map(([key, member]) => {
    if (place.test(key)) throw new KeyFault('An expression cannot be a key of the body. Write the key out.');
    return [key, mapTree(member, place, expressions)] as const;
  });
  return (scope, budget) => Object.fromEntries(members.map(([key, member]) => [key, member(scope, budget)]));
}

function mapString(text: string, place: RegExp, expressions: readonly Expression[]): Mapped<unknown> {
  const pieces = text.split(place); // text, index, text, index, …, text
  if (pieces.length === 1) return () => text;
  const valueAt = (at: number, scope: Scope, budget: Budget): unknown =>
    expressions[Number(pieces[at])].evaluate(scope, budget);
  if (pieces.length === 3 && pieces[0] === '' && pieces[2] === '') {
    return (scope, budget) => valueAt(1, scope, budget) ?? null;
  }
  return (scope, budget) =>
    pieces.map((piece, at) => (at % 2 === 0 ? piece : toText(valueAt(at, scope, budget)))).join('');
}
