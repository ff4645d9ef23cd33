import '@xyflow/react/dist/base.css';
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, ViewportPortal } from '@xyflow/react';
import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { layoutOf, outlineOf, type Box, type StepOutline } from '../../../flow/layout.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { useStepClipboard } from '../step-clipboard.js';
import { useStepKeys } from '../step-keys.js';
import { useCardFacts } from './card-facts.js';
import { nodeTypes, type FlowNode } from './nodes.js';
import { startOf, useViewport } from './use-viewport.js';
import { ZoomBar } from './zoom-bar.js';
import classes from './canvas.module.css';

/** Above so many boxes only those in sight are in the page. */
const CULL_ABOVE = 80;
const NO_EDGES: never[] = [];

/** The drawing: pan by scroll, zoom by Ctrl and scroll, every card and every `+` a button. */
export function FlowCanvas({ onList }: { onList: () => void }) {
  const pane = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => setWidth(pane.current!.clientWidth), []);
  return (
    <div ref={pane} className={classes.pane}>
      {width !== null && (
        <ReactFlowProvider>
          <Drawn pane={pane} width={width} onList={onList} />
        </ReactFlowProvider>
      )}
    </div>
  );
}

interface DrawnProps {
  pane: RefObject<HTMLDivElement | null>;
  /** Of the pane when it was opened. */
  width: number;
  onList: () => void;
}

function Drawn({ pane, width, onList }: DrawnProps) {
  const store = useDraftStore();
  const steps = useOutlines();
  const readOnly = useDraft((state) => state.readOnly);
  const { name: triggerName } = useCardFacts('trigger');
  const drawing = useMemo(() => layoutOf(steps, triggerName), [steps, triggerName]);
  const nodes = useMemo(
    () => drawing.boxes.filter(({ kind }) => kind !== 'add' || !readOnly).map(nodeOf),
    [drawing, readOnly],
  );
  const viewport = useViewport(pane, drawing.boxes);
  const keys = useStepKeys(viewport.focusCard, viewport);
  const clipboard = useStepClipboard(viewport.focusCard);

  return (
    <div className={classes.whole} {...keys} {...clipboard}>
      <ReactFlow
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={nodeTypes}
        onPaneClick={() => store.getState().select(null)}
        defaultViewport={startOf(width)}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        disableKeyboardA11y
        panOnScroll
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        minZoom={0.25}
        maxZoom={2}
        onlyRenderVisibleElements={drawing.boxes.length > CULL_ABOVE}
        aria-label="The drawing of this integration"
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--dot)" />
        <ViewportPortal>
          <svg className={classes.lines} aria-hidden>
            {drawing.lines.map((path) => (
              <path key={path} d={path} />
            ))}
          </svg>
        </ViewportPortal>
      </ReactFlow>
      <ZoomBar viewport={viewport} onList={onList} />
    </div>
  );
}

/** The same list as long as it says the same: most edits change no place, and the drawing costs a frame. */
function useOutlines(): StepOutline[] {
  const text = useDraft(({ draft }) => JSON.stringify(draft.steps.map(outlineOf)));
  return useMemo(() => JSON.parse(text) as StepOutline[], [text]);
}

function nodeOf(box: Box): FlowNode {
  const { id, x, y, width, height } = box;
  const shared = { id, position: { x, y }, width, height, domAttributes: { 'aria-roledescription': undefined } };
  if (box.kind === 'card') return { ...shared, type: 'card', data: { step: box.step } };
  if (box.kind === 'add') return { ...shared, type: 'add', data: { place: box.place, label: box.label } };
  return { ...shared, type: box.kind, data: { text: box.text } };
}
