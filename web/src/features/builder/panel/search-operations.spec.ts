import { searchOperations } from './search-operations.js';

const operations = [
  { id: 'GET /pets', summary: 'List', tags: ['Animal'] },
  { id: 'POST /pets', summary: 'Add one', tags: [] },
];

it.each([
  ['', ['GET /pets', 'POST /pets']],
  ['animal get', ['GET /pets']],
  [' ADD ', ['POST /pets']],
  ['cats', []],
])('finds by every word: %j', (words, ids) => {
  expect(searchOperations(operations, words)).toMatchObject({ shown: ids.map((id) => ({ id })), more: 0 });
});

it('shows 100, and how many more there are', () => {
  const many = Array.from({ length: 150 }, (_, n) => ({ id: `GET /${n}`, summary: '', tags: [] }));
  const { shown, more } = searchOperations(many, 'get');
  expect([shown.length, more]).toEqual([100, 50]);
});
