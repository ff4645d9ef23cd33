import type { AnyInput, BodyType, Parked } from './change-action.js';

/** The input of a custom call with another body type; a body of another form waits, and is said. */
export function changeBodyType(
  input: AnyInput,
  to: BodyType,
  parked: Parked,
): { input: AnyInput; parked: Parked; said: string } {
  const body = input.body ?? [];
  const isText = typeof body === 'string';
  const fits = to === 'json' || (to !== 'none' && isText === (to === 'raw'));
  if (fits && body.length > 0) return { input: { ...input, bodyType: to }, parked, said: '' };
  const waiting = parked.body;
  const back =
    waiting !== undefined && to !== 'none' && (to === 'json' || (typeof waiting === 'string') === (to === 'raw'));
  const next = back ? waiting : to === 'raw' ? '' : [];
  const { body: _used, ...rest } = parked;
  const kept = body.length > 0 ? { ...rest, body } : back ? rest : parked;
  const said = body.length > 0 ? 'What was in the body is set aside: choose its type again and it comes back.' : '';
  return { input: { ...input, bodyType: to, body: next }, parked: kept, said };
}
