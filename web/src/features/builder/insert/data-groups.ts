import type { StepTestAnswer } from '../../../api/types.js';
import { tryParse } from '../../../ui/exact-json.js';
import type { PillNames } from '../../../mapping/pill.js';
import type { Sample } from '../test/sample.js';
import { answerOf, type TestResult } from '../test/testing-store.js';
import { nodeOf, nodesOf, type DataGroup, type DataNode } from './data-tree.js';

export type StepOutput = NonNullable<StepTestAnswer['output']>;

/** What earlier steps gave when they were last tested, or the answers pasted for them. */
export function stepOutputs(
  { steps }: PillNames,
  results: Record<string, TestResult[]>,
  examples: Record<string, string>,
): Record<string, StepOutput> {
  const outputs: Record<string, StepOutput> = {};
  for (const [key, { isEarlier }] of steps) {
    const output = isEarlier ? outputOf(key, results, examples) : null;
    if (output) outputs[key] = output;
  }
  return outputs;
}

export function outputOf(
  key: string,
  results: Record<string, TestResult[]>,
  examples: Record<string, string>,
): StepOutput | null {
  const pasted = examples[key] === undefined ? undefined : tryParse(examples[key]);
  if (pasted !== undefined) return { status: 200, headers: {}, body: pasted, durationMs: 0 };
  const tested = results[key]?.map(answerOf).find((answer) => answer?.output);
  return tested?.output ?? null;
}

/** What can be inserted at one place: the event, each step before it, and the run itself. */
export function dataGroups({ steps }: PillNames, sample: Sample, outputs: Record<string, StepOutput>): DataGroup[] {
  return [triggerGroup(sample), ...[...steps].filter(([, { isEarlier }]) => isEarlier).map(stepGroup), runGroup()];

  function stepGroup([key, { number, name }]: [string, { number: number; name: string }]): DataGroup {
    const output = outputs[key];
    const body = ['steps', key, 'body'];
    const status = nodeOf(['steps', key, 'status'], 'Status code', output?.status ?? 200, !output);
    const fields: DataNode[] = Array.isArray(output?.body)
      ? nodeOf(body, 'Body', output.body)
      : nodesOf(output?.body, body);
    const whole = nodeOf(body, 'Whole body', output?.body ?? {}, !output);
    const headers =
      output && Object.keys(output.headers).length > 0
        ? nodeOf(['steps', key, 'headers'], 'Headers', output.headers)
        : [];
    return {
      id: key,
      badge: String(number),
      title: name,
      tone: 'step',
      hint: output ? '' : `Test step ${number} to see real values.`,
      nodes: [...fields, ...status, ...whole, ...headers],
    };
  }
}

function triggerGroup({ kind, trigger }: Sample): DataGroup {
  const { data, ...rest } = trigger;
  const isGrey = kind === 'schema' || kind === 'none';
  const fields = Array.isArray(data)
    ? nodeOf(['trigger', 'data'], 'Data', data, isGrey)
    : nodesOf(data, ['trigger', 'data'], isGrey);
  const event: DataNode = {
    id: 'trigger',
    source: 'trigger.data',
    label: 'Event details',
    kind: 'object',
    shown: '',
    isGrey,
    children: () => [
      ...nodesOf(
        Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
        ['trigger'],
        isGrey,
      ),
      ...nodeOf(['trigger', 'data'], 'All data', data, isGrey),
    ],
  };
  return {
    id: 'trigger',
    badge: '1',
    title: 'What started it',
    tone: 'trigger',
    hint:
      kind === 'none'
        ? 'Choose a sample in step 1 to see real values.'
        : kind === 'schema'
          ? 'From the event type. Choose a real event in step 1.'
          : '',
    nodes: [...fields, event],
  };
}

const runGroup = (): DataGroup => ({
  id: 'run',
  badge: '',
  title: 'This run',
  tone: 'run',
  hint: '',
  nodes: [
    ...nodeOf(['run', 'id'], 'Run id', '', true),
    ...nodeOf(['run', 'number'], 'Run number', 0, true),
    ...nodeOf(['run', 'startedAt'], 'Started at', '', true),
    ...nodeOf(['integration', 'name'], 'Name of the integration', '', true),
  ],
});
