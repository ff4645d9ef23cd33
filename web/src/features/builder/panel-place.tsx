import type { KeyboardEvent, ReactNode } from 'react';
import { stepBeside } from '../../flow/walk.js';
import { focusStep } from './canvas/use-viewport.js';
import { useDraftStore } from './draft/draft-context.js';
import classes from './builder.module.css';

/** Where the panel stands. Esc leads back to its card, Alt and an arrow to the step before or after, panel open. */
export function PanelPlace({ children }: { children: ReactNode }) {
  const store = useDraftStore();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || (event.target instanceof Element && event.target.closest('dialog'))) return;
    const { selection, draft, select } = store.getState();
    if (selection.step === null) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      focusStep(document, selection.step);
    }
    const by = event.altKey && !event.ctrlKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined;
    if (!by) return;
    event.preventDefault();
    const beside = stepBeside(draft, selection.step, by);
    if (beside) select(beside, selection.tab);
  };
  return (
    <div className={classes.panel} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}
