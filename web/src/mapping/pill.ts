import type { PathStep } from './template.js';

/** What pills say of the steps around a field, by step key. */
export interface PillNames {
  trigger: string;
  steps: ReadonlyMap<string, StepName>;
}

export interface StepName {
  number: number;
  name: string;
  /** It has run when this field is worked out. */
  isEarlier: boolean;
}

export interface Pill {
  /** The number of the step that the value comes from; empty for values of the run itself. */
  badge: string;
  tone: 'trigger' | 'step' | 'run' | 'broken';
  label: string;
  /** For screen readers, and on hover. */
  title: string;
}

const OF_ANSWER: Record<string, string> = { status: 'Status code', durationMs: 'Duration', headers: 'Header' };
const OF_EVENT: Record<string, string> = { id: 'Event id', type: 'Event type', headers: 'Header', query: 'Query' };

/** How one plain path is shown. */
export function pillOf(path: readonly PathStep[], names: PillNames): Pill {
  const [root, first] = path;
  if (root === 'steps') return stepPill(path, names);
  if (root === 'trigger') {
    const label =
      first === 'data' ? labelOf(path.slice(2)) || 'All data' : labelOf(path.slice(1), OF_EVENT) || 'The event';
    return { badge: '1', tone: 'trigger', label, title: `Field ${label.replaceAll(' › ', ' ')} from step 1` };
  }
  const label = labelOf(path) || String(root);
  return { badge: '', tone: 'run', label, title: `Value ${label.replaceAll(' › ', ' ')} of this run` };
}

function stepPill(path: readonly PathStep[], names: PillNames): Pill {
  const key = String(path[1] ?? '');
  const step = names.steps.get(key);
  const [, , part, ...rest] = path;
  const label = part === 'body' ? labelOf(rest) || 'Body' : labelOf(path.slice(2), OF_ANSWER) || 'Answer';
  if (!step) return broken(`step ${key || '?'}`, label, 'This step is not there any more.');
  if (!step.isEarlier)
    return broken(`step ${step.number}`, label, `Step ${step.number} has not run yet at this point.`);
  return {
    badge: String(step.number),
    tone: 'step',
    label,
    title: `Field ${label.replaceAll(' › ', ' ')} from step ${step.number}, ${step.name}`,
  };
}

const broken = (step: string, label: string, why: string): Pill => ({
  badge: '!',
  tone: 'broken',
  label: `Missing: ${step} › ${label}`,
  title: `Missing: ${label} of ${step}. ${why}`,
});

function labelOf(path: readonly PathStep[], first: Record<string, string> = {}): string {
  return path
    .map((step, index) =>
      index === 0 && typeof step === 'string' ? (first[step] ?? humanName(step)) : humanName(step),
    )
    .join(' › ');
}

/** `vendorName` and `vendor_name` are shown as "Vendor name"; what is no such word stays as it is. */
export function humanName(step: PathStep): string {
  if (typeof step === 'number') return step === 0 ? 'First item' : `Item ${step + 1}`;
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(step)) return step;
  const words = step
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .split(/\s+/)
    .map((word) => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()));
  const text = words.join(' ');
  return text === '' ? step : text.charAt(0).toUpperCase() + text.slice(1);
}
