import type { KeyboardEvent } from 'react';
import { IconCircleCheckFilled, IconCircleXFilled } from '../../../ui/icons.js';
import { takesKeys } from '../../../ui/shortcuts.js';
import classes from './builder-panel.module.css';

const TABS = [
  { key: 'configure', text: 'Configure' },
  { key: 'test', text: 'Test' },
  { key: 'retries', text: 'Retries and errors' },
  { key: 'output', text: 'Output fields' },
] as const;

export type PanelTab = (typeof TABS)[number]['key'];

/** Opens a tab and moves the focus to it. */
export function openTab(to: PanelTab, onTab: PanelTabsProps['onTab']): void {
  onTab(to);
  document.getElementById(`panel-tab-${to}`)?.focus();
}

/** The tab of a digit, pressed where no field takes it: on the panel itself, in its header or on its tabs. */
export function tabOfKey({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent): PanelTab | undefined {
  if (altKey || ctrlKey || metaKey || !/^[1-4]$/.test(key)) return undefined;
  const isHeader =
    target instanceof HTMLElement && target.matches('#step-panel, #step-panel :is(header, [role=tablist]) *');
  return isHeader && !takesKeys(target) ? TABS[Number(key) - 1].key : undefined;
}

interface PanelTabsProps {
  tab: PanelTab;
  onTab: (tab: PanelTab) => void;
  /** How the last test of the step as it is now went. */
  mark: 'tested' | 'failed' | null;
}

export function PanelTabs({ tab, onTab, mark }: PanelTabsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const at = TABS.findIndex(({ key }) => key === tab);
    const next =
      event.key === 'ArrowRight'
        ? TABS[(at + 1) % TABS.length]
        : event.key === 'ArrowLeft'
          ? TABS[(at + TABS.length - 1) % TABS.length]
          : undefined;
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    openTab(next.key, onTab);
  };
  return (
    <div className={classes.tabs} role="tablist" aria-label="Parts of the step" onKeyDown={onKeyDown}>
      {TABS.map(({ key, text }) => (
        <button
          key={key}
          type="button"
          role="tab"
          id={`panel-tab-${key}`}
          aria-controls="panel-tab"
          aria-selected={key === tab}
          tabIndex={key === tab ? 0 : -1}
          onClick={() => onTab(key)}
        >
          {text}
          {key === 'test' && mark === 'tested' && (
            <IconCircleCheckFilled size={14} className={classes.tested} aria-label="tested" />
          )}
          {key === 'test' && mark === 'failed' && (
            <IconCircleXFilled size={14} className={classes.failed} aria-label="failed" />
          )}
        </button>
      ))}
    </div>
  );
}
