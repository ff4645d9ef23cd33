import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './button.js';
import { IconChevronDown, IconChevronUp, IconX } from './icons.js';
import type { OpenRow } from './rows.js';
import { useShortcut } from './shortcuts.js';
import classes from './side-panel.module.css';

interface SidePanelProps extends Omit<OpenRow, 'id'> {
  title: ReactNode;
  children: ReactNode;
}

/** The details of one row, beside the list. A region, not a dialog: the list stays within reach; Esc closes it. */
export function SidePanel({ title, onPrevious, onNext, onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  useShortcut('Escape', onClose);
  useLayoutEffect(() => panel.current?.focus({ preventScroll: true }), []);
  return (
    <aside ref={panel} className={classes.panel} aria-label="Details" tabIndex={-1}>
      <header className={classes.head}>
        <h2 className="foreign">{title}</h2>
        <IconButton
          label="Previous (K)"
          disabled={!onPrevious}
          icon={<IconChevronUp size={17} stroke={1.7} />}
          onClick={onPrevious}
        />
        <IconButton
          label="Next (J)"
          disabled={!onNext}
          icon={<IconChevronDown size={17} stroke={1.7} />}
          onClick={onNext}
        />
        <IconButton label="Close the details" icon={<IconX size={17} stroke={1.7} />} onClick={onClose} />
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}

/** The list with the details of one of its rows. */
export function WithSidePanel({ panel, children }: { panel: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.split} data-open={panel ? true : undefined}>
      <div className={classes.list}>{children}</div>
      {panel}
    </div>
  );
}
