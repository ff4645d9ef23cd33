import type { BuiltinType } from '../event-type.js';
import { count, id, list, maybe, object, text, time, values } from '../schema-words.js';

const members = {
  workflowId: id('Of the workflow.'),
  workflowName: text('What people read.'),
  runId: maybe(id('Of the run it is about.')),
};

const workflow = {
  workflowId: '68ff3b7d2c5d1e0012ab34cd',
  workflowName: 'Competitor prices',
  runId: '68ff3c9a2c5d1e0012ab34f1',
};

const startedAt = '2026-11-22T03:40:00.000Z';
const finishedAt = '2026-11-22T03:47:15.120Z';

export const workflows: BuiltinType[] = [
  {
    name: 'workflow.started',
    title: 'Workflow started',
    description: 'A run of a workflow has begun.',
    schema: object({ ...members, startedAt: time('When it began.') }, ['workflowId']),
    sample: { ...workflow, startedAt },
  },
  {
    name: 'workflow.finished',
    title: 'Workflow finished',
    description: 'A run of a workflow has ended well.',
    schema: object(
      {
        ...members,
        startedAt: time('When it began.'),
        finishedAt: time('When it ended.'),
        recordCount: count('Records it found.'),
      },
      ['workflowId'],
    ),
    sample: { ...workflow, startedAt, finishedAt, recordCount: 482 },
  },
  {
    name: 'workflow.failed',
    title: 'Workflow failed',
    description: 'A run of a workflow has ended with an error.',
    schema: object(
      {
        ...members,
        failedAt: time('When it ended.'),
        error: object({ code: text('For programs.'), message: text('For people.') }, [], 'What went wrong.'),
      },
      ['workflowId'],
    ),
    sample: {
      ...workflow,
      failedAt: finishedAt,
      error: { code: 'login_required', message: 'The page asks to sign in.' },
    },
  },
  {
    name: 'workflow.recovered',
    title: 'Workflow recovered',
    description: 'A workflow that had failed works again.',
    schema: object({ ...members, recoveredAt: time('Since when.'), failedRuns: count('Runs that had failed.') }, [
      'workflowId',
    ]),
    sample: { ...workflow, recoveredAt: finishedAt, failedRuns: 3 },
  },
  {
    name: 'workflow.sample_finished',
    title: 'Sample finished',
    description: 'A trial run of a workflow has ended.',
    schema: object(
      { ...members, finishedAt: time('When it ended.'), sample: list(values('One record.'), 'Some of what it found.') },
      ['workflowId'],
    ),
    sample: { ...workflow, finishedAt, sample: [{ product: 'Desk lamp', price: 39.9, currency: 'EUR' }] },
  },
  {
    name: 'workflow.data_change',
    title: 'Data changed',
    description: 'A workflow found other data than before.',
    schema: object(
      {
        ...members,
        changedAt: time('When it was found.'),
        changes: list(
          object({
            type: text('added, changed or removed.'),
            key: id('Of the record.'),
            record: values('As it is now.'),
          }),
          'What is different.',
        ),
      },
      ['workflowId'],
    ),
    sample: {
      ...workflow,
      changedAt: finishedAt,
      changes: [{ type: 'changed', key: 'desk-lamp', record: { product: 'Desk lamp', price: 34.9, currency: 'EUR' } }],
    },
  },
  {
    name: 'workflow.export_completed',
    title: 'Export completed',
    description: 'The data of a workflow was exported.',
    schema: object(
      {
        ...members,
        exportedAt: time('When it was done.'),
        format: text('For example csv.'),
        recordCount: count('Records in it.'),
        downloadUrl: text('Where it lies.'),
      },
      ['workflowId'],
    ),
    sample: {
      ...workflow,
      exportedAt: finishedAt,
      format: 'csv',
      recordCount: 482,
      downloadUrl: 'https://files.example.com/exports/competitor-prices.csv',
    },
  },
  {
    name: 'workflow.validation_anomaly_change',
    title: 'Validation anomalies changed',
    description: 'The check of a workflow’s data found other anomalies.',
    schema: object(
      {
        ...members,
        checkedAt: time('When it was checked.'),
        anomalies: list(
          object({ rule: text('Which rule.'), column: text('Which column.'), count: count('Records against it.') }),
          'What is odd now.',
        ),
        resolved: count('Anomalies that are gone.'),
      },
      ['workflowId'],
    ),
    sample: {
      ...workflow,
      checkedAt: finishedAt,
      anomalies: [{ rule: 'price is a number', column: 'price', count: 4 }],
      resolved: 1,
    },
  },
];
