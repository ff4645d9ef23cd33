import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Step } from '../../../api/types.js';
import { findStep, stepNumber } from '../../../flow/steps.js';
import { useShortcutsOn } from '../../../ui/shortcuts.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { FieldScopeProvider, useFieldScope } from '../fields/field-scope.js';
import { ResultStrip } from '../test/result-strip.js';
import { TestProvider, useStepTest } from '../test/test-context.js';
import { HttpForm } from './http-form.js';
import { PanelHeader } from './panel-header.js';
import { openTab, PanelTabs, tabOfKey, type PanelTab } from './panel-tabs.js';
import { ProblemList } from './problem-list.js';
import { ProblemsProvider } from './problems.js';
import { usePanelWidth } from './use-panel-width.js';
import classes from './builder-panel.module.css';

/** What a step does not show at first comes when it is asked for. */
const InsertPanel = lazy(() => import('../insert/insert-panel.js').then((module) => ({ default: module.InsertPanel })));
const TriggerForm = lazy(() =>
  import('../trigger/trigger-form.js').then((module) => ({ default: module.TriggerForm })),
);
const TestTab = lazy(() => import('../test/test-tab.js').then((module) => ({ default: module.TestTab })));
const RetriesTab = lazy(() => import('./retries-tab.js').then((module) => ({ default: module.RetriesTab })));
const OutputTab = lazy(() => import('./output-tab.js').then((module) => ({ default: module.OutputTab })));

/** Everything of one step: what it does, its tests, its retries, and what later steps get of it. */
export function BuilderPanel() {
  const selected = useDraft(({ selection }) => selection.step);
  if (selected === null) return null;
  return (
    <FieldScopeProvider key={selected} step={selected}>
      <ProblemsProvider step={selected}>
        {selected === 'trigger' ? <TriggerPanel /> : <StepPanel step={selected} />}
      </ProblemsProvider>
    </FieldScopeProvider>
  );
}

/** The panel with the picker beside it; `onKeyDown` hears the panel itself too, which has the focus when it opens. */
function Frame({ onKeyDown, children }: { onKeyDown?: (event: KeyboardEvent) => void; children: ReactNode }) {
  const { insert } = useFieldScope();
  const isNarrow = useMediaQuery('(max-width: 1199px)') ?? false;
  const isPicking = useStore(insert, ({ target, pinned }) => target !== null || pinned);
  const [isPickerShown, setPickerShown] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const { width, grip } = usePanelWidth(panel);
  const close = () => insert.setState({ target: null, pinned: false });
  useEffect(() => {
    if (!isPicking) setPickerShown(false);
  }, [isPicking]);
  return (
    <div className={classes.frame}>
      {isPicking && !isNarrow && (
        <div className={classes.picker} data-region="picker" tabIndex={-1}>
          <Suspense>
            <InsertPanel onClose={close} />
          </Suspense>
        </div>
      )}
      {!isNarrow && grip}
      <section
        ref={panel}
        id="step-panel"
        data-region="panel"
        tabIndex={-1}
        className={classes.panel}
        aria-labelledby="panel-title"
        data-width={width}
        onKeyDown={onKeyDown}
      >
        {isNarrow && isPicking && (
          <button
            type="button"
            className={classes.pickerToggle}
            aria-expanded={isPickerShown}
            onClick={() => setPickerShown(!isPickerShown)}
          >
            {isPickerShown ? 'Back to the step' : 'Insert data'}
          </button>
        )}
        {isNarrow && isPickerShown && (
          <div className={classes.pickerInside} data-region="picker" tabIndex={-1}>
            <Suspense>
              <InsertPanel />
            </Suspense>
          </div>
        )}
        <div className={classes.inside} hidden={isNarrow && isPickerShown}>
          {children}
        </div>
      </section>
    </div>
  );
}

function TriggerPanel() {
  return (
    <Frame>
      <PanelHeader step={null} subtitle="Step 1 · What starts it" />
      <div className={classes.body}>
        <ProblemList />
        <Suspense>
          <TriggerForm />
        </Suspense>
      </div>
    </Frame>
  );
}

function StepPanel({ step }: { step: string }) {
  const drawn = useDraft(({ draft }) => findStep(draft, step)?.step);
  if (!drawn) return null;
  return (
    <TestProvider step={drawn}>
      <StepPanelInside step={drawn} />
    </TestProvider>
  );
}

function StepPanelInside({ step }: { step: Step }) {
  const store = useDraftStore();
  const tab = useDraft(({ selection }) => selection.tab);
  const number = useDraft(({ draft }) => stepNumber(draft, step.key));
  const { insert } = useFieldScope();
  const { test, result, answer, isOld } = useStepTest();
  const letters = useShortcutsOn();
  const setTab = (next: PanelTab) => {
    insert.getState().setTarget(null);
    store.getState().setTab(next);
  };
  const method = step.action === 'custom' ? 'Custom' : step.action.toUpperCase();
  const mark = !result || isOld ? null : answer?.outcome === 'succeeded' ? 'tested' : 'failed';
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = letters ? tabOfKey(event) : undefined;
    if (wanted) {
      event.preventDefault();
      return openTab(wanted, setTab);
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest('dialog')) return;
    event.preventDefault();
    test();
  };
  return (
    <Frame onKeyDown={onKeyDown}>
      <PanelHeader step={step} subtitle={`Step ${number} · HTTP · Make an HTTP call (${method})`} />
      <PanelTabs tab={tab} onTab={setTab} mark={mark} />
      <div className={classes.body} role="tabpanel" id="panel-tab" aria-labelledby={`panel-tab-${tab}`}>
        <ProblemList />
        <Suspense>
          {tab === 'configure' && <HttpForm step={step} />}
          {tab === 'test' && <TestTab step={step} />}
          {tab === 'retries' && <RetriesTab step={step} />}
          {tab === 'output' && (
            <OutputTab
              step={step}
              onTest={() => {
                setTab('test');
                test();
              }}
            />
          )}
        </Suspense>
      </div>
      {tab !== 'test' && <ResultStrip onOpen={() => setTab('test')} />}
    </Frame>
  );
}
