import { invertedEffects } from '@codemirror/commands';
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';

export const setFx = StateEffect.define<boolean>();

const field = StateField.define<boolean>({
  create: () => false,
  update: (value, transaction) =>
    transaction.effects.reduce((now, effect) => (effect.is(setFx) ? effect.value : now), value),
});

/** Whether the field holds one expression, written without its braces. */
export const isFx = (state: EditorState): boolean => state.field(field, false) ?? false;

/** Undoing the change into an expression also undoes the mode. */
export const fxMode = (start: boolean): Extension => [
  field.init(() => start),
  invertedEffects.of(({ effects, startState }) =>
    effects.some((effect) => effect.is(setFx)) ? [setFx.of(isFx(startState))] : [],
  ),
];
