import type { ReactNode } from 'react';
import classes from './chip.module.css';

export type Tone = 'neutral' | 'accent' | 'ok' | 'er' | 'wa' | 'in';

interface ChipProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}

/** A short fact with a colour. The words carry the meaning, the colour only repeats it. */
export function Chip({ tone = 'neutral', icon, children }: ChipProps) {
  return (
    <span className={`${classes.chip} ${classes[tone]}`}>
      {icon}
      {children}
    </span>
  );
}
