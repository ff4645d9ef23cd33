import type { BuiltinType } from '../event-type.js';
import { id, list, maybe, object, text, time } from '../schema-words.js';

const person = object({ id: id('Of the account.'), name: text('Full name.'), email: text('Address for mail.') });

const members = {
  id: id('Of the task.'),
  name: text('What is to be done.'),
  description: maybe(text('In the words of who made it.')),
  status: text('For example Open, In progress, Completed.'),
  priority: maybe(text('For example Low, Medium, High.')),
  due: maybe(text('The day it is due.')),
  project: object({ id: id('Of the project.'), name: text('Of the project.') }, [], 'Where the task lies.'),
  assignee: maybe({ ...person, description: 'Who is to do it.' }),
  createdBy: { ...person, description: 'Who made it.' },
  createdAt: time('When it was made.'),
  tags: list(text('One label.'), 'Labels.'),
};

const task = {
  id: 'TASK-1042',
  name: 'Review vendor contract',
  description: 'Check the notice period before we renew.',
  status: 'Open',
  priority: 'High',
  due: '2026-12-04',
  project: { id: 'PRJ-17', name: 'Vendor onboarding' },
  assignee: { id: 'USR-204', name: 'Maya Fernandez', email: 'maya.fernandez@example.com' },
  createdBy: { id: 'USR-118', name: 'Jonas Weber', email: 'jonas.weber@example.com' },
  createdAt: '2026-11-20T09:12:44.000Z',
  tags: ['legal', 'vendor'],
};

export const project: BuiltinType[] = [
  {
    name: 'project.task.created',
    title: 'Task created',
    description: 'A task was added to a project.',
    schema: object(members, ['id']),
    sample: task,
  },
  {
    name: 'project.task.updated',
    title: 'Task updated',
    description: 'A field of a task was changed.',
    schema: object(
      {
        ...members,
        changes: list(
          object({ field: text('Its name.'), from: { description: 'Before.' }, to: { description: 'Now.' } }),
          'What was changed.',
        ),
        updatedAt: time('When it was changed.'),
      },
      ['id'],
    ),
    sample: {
      ...task,
      priority: 'Medium',
      changes: [{ field: 'priority', from: 'High', to: 'Medium' }],
      updatedAt: '2026-11-21T15:03:10.000Z',
    },
  },
  {
    name: 'project.task.assigned',
    title: 'Task assigned',
    description: 'A task was given to somebody.',
    schema: object({ ...members, assignedBy: { ...person, description: 'Who gave it to them.' } }, ['id']),
    sample: { ...task, assignedBy: task.createdBy },
  },
  {
    name: 'project.task.completed',
    title: 'Task completed',
    description: 'A task was done.',
    schema: object(
      {
        ...members,
        completedAt: time('When it was done.'),
        completedBy: { ...person, description: 'Who did it.' },
      },
      ['id'],
    ),
    sample: { ...task, status: 'Completed', completedAt: '2026-11-22T03:47:15.120Z', completedBy: task.assignee },
  },
  {
    name: 'project.task.deleted',
    title: 'Task deleted',
    description: 'A task was removed from a project.',
    schema: object(
      { ...members, deletedAt: time('When it was removed.'), deletedBy: { ...person, description: 'Who did it.' } },
      ['id'],
    ),
    sample: { ...task, deletedAt: '2026-11-22T08:30:00.000Z', deletedBy: task.createdBy },
  },
];
