import type { StepSummary, TriggerSummary } from '../../api/types.js';
import { IconArrowRight } from '../../ui/icons.js';
import { MethodIcon } from '../../ui/method-icon.js';
import classes from './integrations.module.css';

const MOST = 4;

/** The chain of an integration as small icons: what starts it, then its steps. */
export function StepPath({ trigger, steps }: { trigger: TriggerSummary; steps: StepSummary[] }) {
  const shown = steps.slice(0, steps.length > MOST ? MOST - 1 : MOST);
  const names = steps.map((step) => step.name || step.key);
  return (
    <span className={classes.path} title={names.join(' → ') || 'No steps yet'}>
      <span className="sr-only">
        {steps.length === 0
          ? 'No steps yet'
          : `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}: ${names.join(', ')}`}
      </span>
      <MethodIcon method={trigger.type === 'event' ? 'event' : trigger.type} />
      {shown.map((step) => (
        <span key={step.key} className={classes.hop} aria-hidden>
          <IconArrowRight size={13} stroke={1.7} />
          <MethodIcon method={step.action} />
        </span>
      ))}
      {steps.length > shown.length && (
        <span className={classes.hop} aria-hidden>
          <IconArrowRight size={13} stroke={1.7} />
          <span className={classes.more}>+{steps.length - shown.length}</span>
        </span>
      )}
    </span>
  );
}
