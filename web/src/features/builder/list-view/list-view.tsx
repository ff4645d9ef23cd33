import { useRef } from 'react';
import type { Step } from '../../../api/types.js';
import type { Place } from '../../../flow/steps.js';
import { IconButton } from '../../../ui/button.js';
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconFlag,
  IconPlus,
  IconTrash,
  IconVectorBezier2,
} from '../../../ui/icons.js';
import { MethodIcon } from '../../../ui/method-icon.js';
import { useCardFacts } from '../canvas/card-facts.js';
import { markWords, TestMark } from '../canvas/test-mark.js';
import { focusStep } from '../canvas/use-viewport.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { deleteStep, duplicateStep, shiftStep } from '../draft/step-actions.js';
import { usePicker } from '../picker/picker-context.js';
import { focusRegion, PANEL_ID } from '../regions.js';
import { useStepClipboard } from '../step-clipboard.js';
import { useStepKeys } from '../step-keys.js';
import classes from './list-view.module.css';

/** The twin of the canvas: the same steps in one ordered list, with the same actions as buttons. */
export function ListView({ onCanvas }: { onCanvas?: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  const steps = useDraft((state) => state.draft.steps);
  const focusCard = (step: string) => void requestAnimationFrame(() => focusStep(list.current, step));
  const keys = useStepKeys(focusCard);
  const clipboard = useStepClipboard(focusCard);
  const { name: triggerName } = useCardFacts('trigger');
  return (
    <div ref={list} className={classes.view} {...keys} {...clipboard}>
      <ol aria-label="Steps">
        <li>
          <Row step="trigger" focusCard={focusCard} />
          <AddRow place={{ first: true }} after={triggerName} />
        </li>
        <StepRows steps={steps} focusCard={focusCard} />
      </ol>
      <p className={classes.end}>
        <IconFlag size={14} stroke={1.7} aria-hidden /> End
      </p>
      {onCanvas && (
        <button type="button" className={classes.switch} onClick={onCanvas}>
          <IconVectorBezier2 size={15} stroke={1.7} aria-hidden /> Drawing
        </button>
      )}
    </div>
  );
}

interface RowsProps {
  steps: Step[];
  focusCard: (step: string) => void;
}

function StepRows({ steps, focusCard }: RowsProps) {
  return steps.map((step, index) => (
    <li key={step.key}>
      <Row step={step.key} first={index === 0} last={index === steps.length - 1} focusCard={focusCard} />
      {(step.errorSteps.length > 0 || step.onError === 'error-steps') && (
        <div className={classes.branch}>
          <p>If it fails</p>
          <ol aria-label={`If ${step.name} fails`}>
            <StepRows steps={step.errorSteps} focusCard={focusCard} />
          </ol>
          {step.errorSteps.length === 0 && (
            <AddRow place={{ errorStepOf: step.key }} after={`${step.name}, if it fails`} />
          )}
        </div>
      )}
      <AddRow place={{ after: step.key }} after={step.name} />
    </li>
  ));
}

interface RowProps {
  step: string;
  first?: boolean;
  last?: boolean;
  focusCard: (step: string) => void;
}

function Row({ step, first, last, focusCard }: RowProps) {
  const store = useDraftStore();
  const readOnly = useDraft((state) => state.readOnly);
  const { number, kind, name, detail, icon, test, faults, selected } = useCardFacts(step);
  const move = (by: -1 | 1) => {
    shiftStep(store, step, by);
    focusCard(step);
  };
  return (
    <div className={classes.row} data-open={selected || undefined}>
      <button
        type="button"
        className={classes.main}
        data-step={step}
        aria-expanded={selected}
        aria-controls={selected ? PANEL_ID : undefined}
        onClick={(event) => {
          store.getState().select(step);
          if (event.detail === 0) focusRegion('panel');
        }}
      >
        <MethodIcon method={icon} large />
        <span className={classes.words}>
          <small>
            {number} · {kind}
          </small>
          <b className="foreign">{name}</b>
          <span className="foreign">{detail}</span>
        </span>
        <TestMark state={test} faults={faults} />
        <span className="sr-only">{markWords(test, faults)}</span>
      </button>
      {step !== 'trigger' && !readOnly && (
        <div className={classes.actions} role="group" aria-label={`Change ${name}`}>
          <IconButton
            label={`Move ${name} up`}
            icon={<IconArrowUp size={15} stroke={1.7} />}
            aria-disabled={first || undefined}
            onClick={() => move(-1)}
          />
          <IconButton
            label={`Move ${name} down`}
            icon={<IconArrowDown size={15} stroke={1.7} />}
            aria-disabled={last || undefined}
            onClick={() => move(1)}
          />
          <IconButton
            label={`Duplicate ${name}`}
            icon={<IconCopy size={15} stroke={1.7} />}
            onClick={() => duplicateStep(store, step)}
          />
          <IconButton
            label={`Delete ${name}`}
            icon={<IconTrash size={15} stroke={1.7} />}
            onClick={() => {
              deleteStep(store, step);
              focusCard('trigger');
            }}
          />
        </div>
      )}
    </div>
  );
}

function AddRow({ place, after }: { place: Place; after: string }) {
  const openPicker = usePicker();
  const readOnly = useDraft((state) => state.readOnly);
  if (readOnly) return null;
  return (
    <button
      type="button"
      className={classes.add}
      aria-label={`Add a step after ${after}`}
      onClick={() => openPicker(place)}
    >
      <IconPlus size={13} stroke={1.9} aria-hidden /> Add a step
    </button>
  );
}
