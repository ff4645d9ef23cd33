import { stepAt } from '../../flow/pointers.js';
import type { DraftStore } from './draft/draft-store.js';
import type { Tab } from './draft/history.js';

const RETRIES = /\/(retry|timeoutMs|onError|idempotencyKey|input\/(success|redirects))(\/|$)/;

/**
 * Opens the step that a JSON pointer leads into, with the tab that has the field, and moves the focus to it. Fields
 * carry their pointer below the step as `data-pointer` ("/input/url").
 */
export function jumpToField(store: DraftStore, path: string): void {
  const { draft, select } = store.getState();
  const step = stepAt(draft, path);
  if (step === null) return;
  const tab: Tab = RETRIES.test(path) ? 'retries' : 'configure';
  select(step, tab);
  const below = path.replace(/^\/(trigger|steps\/\d+(\/errorSteps\/\d+)?)/, '');
  requestAnimationFrame(() => requestAnimationFrame(() => fieldOf(below)?.focus()));
}

/** The field itself, or the nearest one around it. */
function fieldOf(path: string): HTMLElement | null {
  const parts = path.split('/');
  for (let count = parts.length; count > 1; count--) {
    const name = CSS.escape(parts.slice(0, count).join('/'));
    const field = document.querySelector<HTMLElement>(`[data-region="panel"] [data-pointer="${name}"]`);
    const target = field?.matches(FOCUSABLE) ? field : field?.querySelector<HTMLElement>(FOCUSABLE);
    if (target) return target;
  }
  return document.querySelector<HTMLElement>('[data-region="panel"]');
}

const FOCUSABLE = 'input, textarea, select, button, [contenteditable="true"], [tabindex="0"]';
