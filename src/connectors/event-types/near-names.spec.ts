import { builtinTypes } from './builtin-types.js';
import { nearNames } from './near-names.js';

const names = builtinTypes.map(({ name }) => name);

describe('names that come near', () => {
  it.each([
    ['project.task.complted', 'project.task.completed'],
    ['Project/Task:Completed', 'project.task.completed'],
    ['task.completed', 'project.task.completed'],
    ['process.instnace.created', 'process.instance.created'],
    ['workflow.finishd', 'workflow.finished'],
  ])('to %s have %s first', (written, meant) => {
    expect(nearNames(written, names)[0]).toBe(meant);
  });

  it.each(['', 'x', 'something.else.altogether', 'a'.repeat(200)])('to %j are none', (written) => {
    expect(nearNames(written, names)).toEqual([]);
  });
});
