import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { evaluate } from '../../../api/evaluate.js';
import { allSteps, findStep } from '../../../flow/steps.js';
import { useDraft } from '../draft/draft-context.js';
import { dataGroups, stepOutputs } from '../insert/data-groups.js';
import type { DataGroup } from '../insert/data-tree.js';
import { createInsertStore, type InsertStore } from '../insert/insert-target.js';
import { useSampleState } from '../test/use-sample.js';
import { useTesting } from '../test/testing-store.js';
import type { Sample } from '../test/sample.js';
import type { PillNames } from '../../../mapping/pill.js';
import { PreviewStore } from './preview-store.js';

/** What all fields of one step share. */
export interface FieldScope {
  step: string;
  names: PillNames;
  groups: DataGroup[];
  previews: PreviewStore;
  insert: InsertStore;
  sample: Sample;
  /** The sample is there, or is known to be none. */
  isReady: boolean;
  /** What earlier steps gave when they were last tested: `steps` of a preview or a test. */
  outputs: Record<string, unknown>;
  readOnly: boolean;
}

const ScopeContext = createContext<FieldScope | null>(null);

export function useFieldScope(): FieldScope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error('Not inside a FieldScopeProvider');
  return scope;
}

/** The keys of the steps that have run before this one; of an error step also the one that failed. */
function earlierThan(draft: Parameters<typeof findStep>[0], key: string): Set<string> {
  const found = findStep(draft, key);
  if (!found) return new Set();
  const main = found.parent ? draft.steps.indexOf(found.parent) + 1 : found.index;
  const before = draft.steps.slice(0, main).map((step) => step.key);
  const beside = found.parent?.errorSteps.slice(0, found.index).map((step) => step.key) ?? [];
  return new Set([...before, ...beside]);
}

export function FieldScopeProvider({ step, children }: { step: string; children: ReactNode }) {
  const steps = useDraft(({ draft }) => draft.steps);
  const integrationId = useDraft(({ integration }) => integration.id);
  const readOnly = useDraft(({ readOnly: locked }) => locked);
  const { sample, isReady } = useSampleState();
  const results = useTesting((state) => state.results);
  const examples = useTesting((state) => state.examples);
  const [insert] = useState(createInsertStore);

  // Typing changes the steps with every key; what fields share changes only with these.
  const order = JSON.stringify(allSteps(steps).map(({ key, name }) => [key, name]));
  const latest = useRef(steps);
  latest.current = steps;
  const names = useMemo<PillNames>(() => {
    const earlier = earlierThan({ steps: latest.current }, step);
    return {
      trigger: '',
      steps: new Map(
        (JSON.parse(order) as [string, string][]).map(([key, name], index) => [
          key,
          { number: index + 2, name, isEarlier: earlier.has(key) },
        ]),
      ),
    };
  }, [order, step]);
  const outputs = useMemo(() => stepOutputs(names, results, examples), [names, results, examples]);
  const groups = useMemo(() => dataGroups(names, sample, outputs), [names, sample, outputs]);
  const previews = useMemo(
    () =>
      new PreviewStore((expressions) => evaluate(expressions, integrationId, { ...sample.request, steps: outputs })),
    [integrationId, sample, outputs],
  );
  useEffect(() => insert.getState().setTarget(null), [insert, step]);

  const scope = useMemo<FieldScope>(
    () => ({ step, names, groups, previews, insert, sample, isReady, outputs, readOnly }),
    [step, names, groups, previews, insert, sample, isReady, outputs, readOnly],
  );
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}
