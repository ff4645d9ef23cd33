import type { Step } from '../api/types.js';
import type { Place } from './steps.js';

/*
 * Where everything stands on the canvas: a chain from top to bottom, every card centred on its column; the error
 * steps of a step go down a column of their own, to its right. Computed, never stored. In CSS pixels at 100 %.
 */
export const CARD = { width: 284, height: 74 };
const ADD = 22;
const END = { width: 58, height: 24 };
const LABEL = { width: 84, height: 22 };
const GAP = 52;
const GAP_BEFORE_END = 44;
const BETWEEN_COLUMNS = 46;
/** From the top of a step to its first error step. */
const TO_ERROR_STEPS = 88;

interface At {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
export type Box = At &
  (
    | { kind: 'card'; step: string }
    | { kind: 'add'; place: Place; label: string }
    | { kind: 'label' | 'end'; text: string }
  );

export interface Drawing {
  /** In the order of reading, which is the order of the Tab key. */
  boxes: Box[];
  /** SVG paths. */
  lines: string[];
}

/** What the drawing takes of a step. */
export type StepOutline = Pick<Step, 'key' | 'name' | 'onError'> & { errorSteps: StepOutline[] };

export const outlineOf = ({ key, name, onError, errorSteps }: Step): StepOutline => ({
  key,
  name,
  onError,
  errorSteps: errorSteps.map(outlineOf),
});

export function layoutOf(steps: readonly StepOutline[], triggerName: string): Drawing {
  const drawing: Drawing = { boxes: [], lines: [] };
  put(drawing, 'trigger', 0, 0);
  let from = CARD.height;
  let lowest = 0;
  steps.forEach((step, index) => {
    const before = steps[index - 1];
    const add = before ? afterOf(before) : { place: { first: true } as const, name: triggerName };
    let y = from + GAP;
    if (failsInto(step)) y = Math.max(y, lowest);
    join(drawing, 0, from, y, add);
    put(drawing, step.key, 0, y);
    if (failsInto(step)) lowest = putErrorSteps(drawing, step, y) + GAP / 2;
    from = y + CARD.height;
  });
  const last = steps.at(-1);
  finish(drawing, 0, from, 'End', last ? afterOf(last) : { place: { first: true }, name: triggerName });
  return drawing;
}

const failsInto = (step: StepOutline): boolean => step.errorSteps.length > 0 || step.onError === 'error-steps';

/** Answers how far down it reaches. */
function putErrorSteps(drawing: Drawing, parent: StepOutline, y: number): number {
  const x = CARD.width + BETWEEN_COLUMNS;
  const middle = y + CARD.height / 2;
  const text = 'If it fails';
  drawing.boxes.push({
    kind: 'label',
    id: `fails:${parent.key}`,
    text,
    ...centred(LABEL, x, middle - LABEL.height / 2),
  });
  drawing.lines.push(`M${CARD.width / 2},${middle} H${x - LABEL.width / 2}`);
  let from = middle + LABEL.height / 2;
  parent.errorSteps.forEach((step, index) => {
    const before = parent.errorSteps[index - 1];
    const top = before ? from + GAP : y + TO_ERROR_STEPS;
    join(drawing, x, from, top, before ? afterOf(before) : { place: { before: step.key }, name: text });
    put(drawing, step.key, x, top);
    from = top + CARD.height;
  });
  const last = parent.errorSteps.at(-1);
  return finish(drawing, x, from, 'Failed', last ? afterOf(last) : { place: { errorStepOf: parent.key }, name: text });
}

interface Add {
  place: Place;
  /** What stands before it. */
  name: string;
}
const afterOf = (step: StepOutline): Add => ({ place: { after: step.key }, name: step.name });

function put(drawing: Drawing, step: string, x: number, y: number): void {
  drawing.boxes.push({ kind: 'card', id: step, step, ...centred(CARD, x, y) });
}

function join(drawing: Drawing, x: number, from: number, to: number, { place, name }: Add): void {
  drawing.lines.push(`M${x},${from} V${to}`);
  const id = `add:${Object.entries(place).flat().join(':')}`;
  const middle = (from + to) / 2 - ADD / 2;
  drawing.boxes.push({
    kind: 'add',
    id,
    place,
    label: `Add a step after ${name}`,
    ...centred({ width: ADD, height: ADD }, x, middle),
  });
}

function finish(drawing: Drawing, x: number, from: number, text: string, add: Add): number {
  const y = from + GAP_BEFORE_END;
  join(drawing, x, from, y, add);
  drawing.boxes.push({ kind: 'end', id: `end:${x}:${y}`, text, ...centred(END, x, y) });
  return y + END.height;
}

const centred = ({ width, height }: { width: number; height: number }, x: number, y: number) => ({
  x: x - width / 2,
  y,
  width,
  height,
});
