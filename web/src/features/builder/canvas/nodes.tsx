import type { Node, NodeProps } from '@xyflow/react';
import type { Place } from '../../../flow/steps.js';
import { IconFlag, IconPlus } from '../../../ui/icons.js';
import { MethodIcon } from '../../../ui/method-icon.js';
import { useDraftStore } from '../draft/draft-context.js';
import { PANEL_ID, focusRegion } from '../regions.js';
import { usePicker } from '../picker/picker-context.js';
import { useCardFacts } from './card-facts.js';
import { markWords, TestMark } from './test-mark.js';
import classes from './canvas.module.css';

type CardNode = Node<{ step: string }, 'card'>;
type AddNode = Node<{ place: Place; label: string }, 'add'>;
type TextNode<T extends string> = Node<{ text: string }, T>;
export type FlowNode = CardNode | AddNode | TextNode<'label'> | TextNode<'end'>;

function Card({ data: { step } }: NodeProps<CardNode>) {
  const store = useDraftStore();
  const { number, kind, name, detail, icon, test, faults, selected } = useCardFacts(step);
  return (
    <button
      type="button"
      className={`${classes.card} nopan`}
      data-step={step}
      data-open={selected || undefined}
      aria-expanded={selected}
      aria-controls={selected ? PANEL_ID : undefined}
      onClick={(event) => {
        store.getState().select(step);
        if (event.detail === 0) focusRegion('panel'); // by keyboard
      }}
    >
      <MethodIcon method={icon} large />
      <span className={classes.words}>
        <small>
          <span className="sr-only">Step </span>
          {number} · {kind}
        </small>
        <b className="foreign">{name}</b>
        <span className="foreign">{detail}</span>
      </span>
      <TestMark state={test} faults={faults} />
      <span className="sr-only">{markWords(test, faults)}, opens settings</span>
    </button>
  );
}

function Add({ data: { place, label } }: NodeProps<AddNode>) {
  const openPicker = usePicker();
  return (
    <button
      type="button"
      className={`${classes.add} nopan`}
      aria-label={label}
      title={label}
      onClick={() => openPicker(place)}
    >
      <IconPlus size={13} stroke={1.9} aria-hidden />
    </button>
  );
}

const Label = ({ data: { text } }: NodeProps<TextNode<'label'>>) => <span className={classes.label}>{text}</span>;

const End = ({ data: { text } }: NodeProps<TextNode<'end'>>) => (
  <span className={classes.end}>
    <IconFlag size={13} stroke={1.7} aria-hidden />
    {text}
  </span>
);

/** Outside of every component: React Flow would mount all of them anew otherwise. */
export const nodeTypes = { card: Card, add: Add, label: Label, end: End };
