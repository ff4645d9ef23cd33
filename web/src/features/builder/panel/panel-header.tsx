import { Menu } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Step } from '../../../api/types.js';
import { IconButton } from '../../../ui/button.js';
import { IconDots, IconPencil, IconX } from '../../../ui/icons.js';
import { MethodIcon } from '../../../ui/method-icon.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { deleteStep, duplicateStep, nameStep, shiftStep } from '../draft/step-actions.js';
import classes from './builder-panel.module.css';

/** Name and place of what is open. Null: the trigger. */
export function PanelHeader({ step, subtitle }: { step: Step | null; subtitle: string }) {
  const store = useDraftStore();
  const readOnly = useDraft((state) => state.readOnly);
  const [isNaming, setNaming] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const stop = () => {
    setNaming(false);
    store.getState().endEdit();
    requestAnimationFrame(() => pencil.current?.focus());
  };
  return (
    <header className={classes.head}>
      <MethodIcon method={step ? step.action : 'event'} large />
      <div className={classes.title}>
        {step && isNaming ? (
          <input
            autoFocus
            className={classes.nameField}
            aria-label="Name of the step"
            maxLength={200}
            defaultValue={step.name}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => nameStep(store, step.key, event.currentTarget.value)}
            onBlur={() => setNaming(false)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== 'Escape') return;
              event.preventDefault();
              event.stopPropagation();
              stop();
            }}
          />
        ) : (
          <h2 id="panel-title" className="foreign">
            <span>{step ? step.name : 'When this happens'}</span>
            {step && !readOnly && (
              <button
                ref={pencil}
                type="button"
                className={classes.pencil}
                aria-label="Rename the step"
                title="Rename"
                onClick={() => setNaming(true)}
              >
                <IconPencil size={14} stroke={1.7} />
              </button>
            )}
          </h2>
        )}
        <p>{subtitle}</p>
      </div>
      {step && !readOnly && (
        <Menu position="bottom-end">
          <Menu.Target>
            <IconButton label="More for this step" icon={<IconDots size={18} stroke={1.7} />} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => shiftStep(store, step.key, -1)}>Move up</Menu.Item>
            <Menu.Item onClick={() => shiftStep(store, step.key, 1)}>Move down</Menu.Item>
            <Menu.Item onClick={() => duplicateStep(store, step.key)}>Duplicate</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => deleteStep(store, step.key)}>Delete</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <IconButton
        label="Close the panel"
        icon={<IconX size={18} stroke={1.7} />}
        onClick={() => store.getState().select(null)}
      />
    </header>
  );
}
