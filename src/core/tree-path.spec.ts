import { isTreePath, isTreeUrl, treePathOf } from './tree-path.js';

describe('an address that names an integration of this engine', () => {
  it.each([
    ['/Teams/Updated', 'Teams :: Updated'],
    ['/Submissions%20%3E%20services%20%3E%20it/Submitted', 'Submissions > services > it :: Submitted'],
    ['/Submissions > services > it/Submitted', 'Submissions > services > it :: Submitted'],
    ['/a%2Fb/c', 'a/b :: c'],
    ['/Teams/Updated?x=1#y', 'Teams :: Updated'],
    ['/kinetic-task/app/api/v1/run-tree/Kinetic%20Request%20CE/Teams/Updated', 'Teams :: Updated'],
  ])('%s names %s', (url, path) => {
    expect(treePathOf(url)).toBe(path);
  });

  it.each(['/', '/Teams', '/Teams/', '//Updated', '/a/b/c', '/%E0%A4%A/x', '/ /x'])('%s names nothing', (url) => {
    expect(treePathOf(url)).toBeNull();
  });

  it('begins with one slash', () => {
    expect(['/a/b', '//host/b', 'https://host/a', ''].map(isTreeUrl)).toEqual([true, false, false, false]);
  });
});

it.each([
  ['Teams :: Updated', true],
  ['Submissions > services > it :: Submitted', true],
  ['Teams', false],
  ['Teams :: ', false],
  [' Teams :: Updated', false],
  ['a :: b :: c', false],
])('the path %j of an integration is well-formed: %s', (path, well) => {
  expect(isTreePath(path)).toBe(well);
});
