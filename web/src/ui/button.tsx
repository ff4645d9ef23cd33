import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { IconLoader2 } from './icons.js';
import classes from './button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  ref?: Ref<HTMLButtonElement>;
  look?: 'primary' | 'plain' | 'quiet';
  small?: boolean;
  icon?: ReactNode;
  /** Shows that its work goes on and refuses further presses; the button keeps its focus. */
  busy?: boolean;
}

export function Button({ look = 'plain', small, icon, busy, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={[classes.button, classes[look], small && classes.small, className].filter(Boolean).join(' ')}
      aria-disabled={busy || rest.disabled || rest['aria-disabled'] || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <IconLoader2 size={15} className={classes.spin} aria-hidden /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'children'> {
  /** An icon alone says nothing to a screen reader: the name is required. */
  label: string;
  icon: ReactNode;
}

export function IconButton({ label, icon, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={[classes.iconButton, className].filter(Boolean).join(' ')}
    >
      {icon}
    </button>
  );
}
