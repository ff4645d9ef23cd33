import type { KeyboardEvent } from 'react';
import { neighbourOf, stepBeside, type Direction } from '../../flow/walk.js';
import { useShortcutsOn } from '../../ui/shortcuts.js';
import type { ViewportMoves } from './canvas/use-viewport.js';
import { useDraftStore } from './draft/draft-context.js';
import { deleteStep, duplicateStep, shiftStep } from './draft/step-actions.js';
import { usePicker } from './picker/picker-context.js';

const ARROWS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The step whose card has the focus. */
export const stepOf = (target: EventTarget): string | null =>
  target instanceof HTMLElement ? (target.closest<HTMLElement>('[data-step]')?.dataset.step ?? null) : null;

/**
 * The keys of the canvas and of its twin, the list. A single letter acts only while shortcuts are on (WCAG 2.1.4);
 * Tab is left alone.
 */
export function useStepKeys(focusCard: (step: string) => void, viewport?: ViewportMoves) {
  const store = useDraftStore();
  const openPicker = usePicker();
  const letters = useShortcutsOn();

  function onStep(event: KeyboardEvent, step: string): boolean {
    const { draft, readOnly } = store.getState();
    const direction = ARROWS[event.key];
    const isStep = step !== 'trigger';
    if (event.altKey && isStep && !readOnly && (direction === 'up' || direction === 'down')) {
      shiftStep(store, step, direction === 'up' ? -1 : 1);
      focusCard(step);
      return true;
    }
    if (direction && !hasModifier(event)) {
      const next = neighbourOf(draft, step, direction);
      if (next) focusCard(next);
      return true;
    }
    if (readOnly) return false;
    if (event.key.toLowerCase() === 'a' && letters && !hasModifier(event)) {
      openPicker(!isStep ? { first: true } : event.shiftKey ? { before: step } : { after: step });
      return true;
    }
    if ((event.key === 'Delete' || event.key === 'Backspace') && isStep && !hasModifier(event)) {
      const near = stepBeside(draft, step, 1) ?? stepBeside(draft, step, -1)!;
      deleteStep(store, step);
      focusCard(near);
      return true;
    }
    if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey) && isStep) {
      duplicateStep(store, step);
      focusCard(store.getState().selection.step!);
      return true;
    }
    return false;
  }

  function onDrawing(event: KeyboardEvent): boolean {
    if (event.key === 'Escape' && store.getState().selection.step !== null) {
      store.getState().select(null);
      return true;
    }
    if (!viewport || !letters || hasModifier(event)) return false;
    const act = { '+': viewport.zoomIn, '=': viewport.zoomIn, '-': viewport.zoomOut, 0: viewport.reset }[event.key];
    if (act) act();
    else if (event.key.toLowerCase() === 'f') viewport.fit();
    else return false;
    return true;
  }

  return {
    onKeyDown: (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const step = stepOf(event.target);
      if ((step !== null && onStep(event, step)) || onDrawing(event)) event.preventDefault();
    },
  };
}

const hasModifier = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey || event.altKey;
