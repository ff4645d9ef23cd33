import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useConnectors } from '../../api/catalog.js';
import type { Place } from '../../flow/steps.js';
import { BuilderSkeleton } from './builder-skeleton.js';
import { FlowCanvas } from './canvas/flow-canvas.js';
import { focusWhenDrawn } from './canvas/use-viewport.js';
import { useDraft } from './draft/draft-context.js';
import { PanelPlace } from './panel-place.js';
import { PickerContext } from './picker/picker-context.js';
import { viewChoice } from './view-choice.js';
import classes from './builder.module.css';

/** The editors inside of it are heavy: they come when a step is opened. */
const BuilderPanel = lazy(() =>
  import('./panel/builder-panel.js').then((module) => ({ default: module.BuilderPanel })),
);

const picker = () => import('./picker/step-picker.js').then((module) => ({ default: module.StepPicker }));
const StepPicker = lazy(picker);
const ListView = lazy(() => import('./list-view/list-view.js').then((module) => ({ default: module.ListView })));

/** The drawing, or its twin the list, and beside it the panel of the step that is open. */
export function Editor() {
  const narrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false });
  const selected = useDraft((state) => state.selection.step);
  const [view, setView] = useState(viewChoice.read);
  const [place, setPlace] = useState<Place | null>(null);
  // Here before somebody asks for them: what is typed into the picker at once would be lost.
  useConnectors();
  useEffect(() => void picker(), []);
  const asList = narrow || view === 'list';
  const choose = (next: 'canvas' | 'list') => {
    viewChoice.write(next);
    setView(next);
  };
  return (
    <PickerContext value={setPlace}>
      <div className={classes.editor} data-narrow={narrow || undefined}>
        {!asList && (
          <a
            href="#steps"
            className={`${classes.skip} sr-only`}
            onClick={(event) => {
              event.preventDefault();
              choose('list');
            }}
          >
            Show the steps as a list
          </a>
        )}
        {!(narrow && selected) && (
          <section id="steps" className={classes.drawing} aria-label="Steps" data-region="canvas" tabIndex={-1}>
            {asList ? (
              <Suspense>
                <ListView onCanvas={narrow ? undefined : () => choose('canvas')} />
              </Suspense>
            ) : (
              <FlowCanvas onList={() => choose('list')} />
            )}
          </section>
        )}
        {selected && (
          <PanelPlace>
            <Suspense fallback={<BuilderSkeleton />}>
              <BuilderPanel />
            </Suspense>
          </PanelPlace>
        )}
      </div>
      <Suspense>
        {place && (
          <StepPicker place={place} onClose={() => setPlace(null)} onAdded={(key) => focusWhenDrawn(document, key)} />
        )}
      </Suspense>
    </PickerContext>
  );
}
