import { Tooltip } from '@mantine/core';
import { useId } from 'react';
import classes from './on-off-switch.module.css';

interface OnOffSwitchProps {
  on: boolean;
  /** What is switched; read out before its state. */
  label: string;
  onChange: (on: boolean) => void;
  /** Why it cannot be switched now. It stays focusable, so that the reason can be read. */
  disabledReason?: string;
}

export function OnOffSwitch({ on, label, onChange, disabledReason }: OnOffSwitchProps) {
  const reasonId = useId();
  const control = (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      aria-disabled={disabledReason ? true : undefined}
      aria-describedby={disabledReason ? reasonId : undefined}
      className={classes.switch}
      onClick={() => !disabledReason && onChange(!on)}
    >
      <span className={classes.track}>
        <span className={classes.knob} />
      </span>
    </button>
  );
  if (!disabledReason) return control;
  return (
    <>
      <Tooltip label={disabledReason} events={{ hover: true, focus: true, touch: true }}>
        {control}
      </Tooltip>
      <span id={reasonId} className="sr-only">
        {disabledReason}
      </span>
    </>
  );
}
