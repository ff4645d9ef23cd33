import type { BuiltinType } from '../event-type.js';
import { maybe, object, text, time, values } from '../schema-words.js';

const members = {
  instanceID: text('Of the instance: what a callback is called with.'),
  processName: text('Of the process that it is an instance of.'),
  title: maybe(text('What people know it by.')),
  status: text('Where it stands.'),
  fields: values('What was filled in, by the name of the field.'),
};

const instance = {
  instanceID: 'd4f0c2a8-5d0e-4c57-9a1b-8a4f3f1b7e21',
  processName: 'leave-request',
  title: 'Leave request of Maya Fernandez',
  status: 'In progress',
  fields: { employee: 'Maya Fernandez', from: '2026-12-21', to: '2026-12-31', days: 7 },
};

const required = ['instanceID', 'processName'];

export const process: BuiltinType[] = [
  {
    name: 'process.instance.created',
    title: 'Instance created',
    description: 'An instance of a process was started.',
    schema: object(
      { ...members, createdAt: time('When it was started.'), createdBy: text('Who started it.') },
      required,
    ),
    sample: { ...instance, createdAt: '2026-11-22T08:15:02.000Z', createdBy: 'maya.fernandez@example.com' },
  },
  {
    name: 'process.instance.updated',
    title: 'Instance updated',
    description: 'An instance of a process was changed.',
    schema: object(
      { ...members, updatedAt: time('When it was changed.'), updatedBy: text('Who changed it.') },
      required,
    ),
    sample: {
      ...instance,
      status: 'Approved',
      updatedAt: '2026-11-22T10:40:31.000Z',
      updatedBy: 'jonas.weber@example.com',
    },
  },
  {
    name: 'process.instance.deleted',
    title: 'Instance deleted',
    description: 'An instance of a process was removed.',
    schema: object(
      { ...members, deletedAt: time('When it was removed.'), deletedBy: text('Who removed it.') },
      required,
    ),
    sample: { ...instance, deletedAt: '2026-11-22T11:05:00.000Z', deletedBy: 'jonas.weber@example.com' },
  },
];
