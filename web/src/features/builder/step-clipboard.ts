import type { ClipboardEvent } from 'react';
import type { Step } from '../../api/types.js';
import { findStep } from '../../flow/steps.js';
import { announce } from '../../ui/announce.js';
import { parseExact } from '../../ui/exact-json.js';
import { useDraftStore } from './draft/draft-context.js';
import { deleteStep, pasteStep } from './draft/step-actions.js';
import { stepOf } from './step-keys.js';

const MARK = 'hookline.step';

/** Copy, cut and paste of steps through the system's clipboard, as JSON text: also into another integration. */
export function useStepClipboard(focusCard: (step: string) => void) {
  const store = useDraftStore();

  const copy = (event: ClipboardEvent, cut: boolean) => {
    const key = stepOf(event.target);
    const found = key && findStep(store.getState().draft, key);
    if (!found || hasSelectedText()) return;
    event.clipboardData.setData('text/plain', JSON.stringify({ [MARK]: found.step }, null, 2));
    event.preventDefault();
    if (cut) deleteStep(store, found.step.key);
    else announce(`Copied ${found.step.name}`);
  };
  return {
    onCopy: (event: ClipboardEvent) => copy(event, false),
    onCut: (event: ClipboardEvent) => copy(event, true),
    onPaste: (event: ClipboardEvent) => {
      const key = stepOf(event.target);
      const step = stepIn(event.clipboardData.getData('text/plain'));
      if (!key || !step || store.getState().readOnly) return;
      event.preventDefault();
      focusCard(pasteStep(store, step, key === 'trigger' ? { first: true } : { after: key }));
    },
  };
}

const hasSelectedText = (): boolean => getSelection()?.isCollapsed === false;

/** The step that was copied; null for any other text. The server judges the rest when it is saved. */
function stepIn(text: string): Step | null {
  try {
    const step = (parseExact(text) as Record<string, Partial<Step> | undefined>)[MARK];
    const whole = typeof step?.key === 'string' && typeof step.input === 'object' && Array.isArray(step.errorSteps);
    return whole ? (step as Step) : null;
  } catch {
    return null;
  }
}
