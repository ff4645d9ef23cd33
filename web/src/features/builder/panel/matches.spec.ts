import type { Pair } from '../../../api/types.js';
import { nodesOf, type DataGroup } from '../insert/data-tree.js';
import { matchesFor, withMatches } from './matches.js';

const DATA = {
  id: 7,
  requestNo: 'PR-20418',
  total: 18450.5,
  vendor: { name: 'Brightwell', taxId: 'GB 1' },
  owner: { name: 'Ada' },
  urgent: false,
  attachments: [{ fileId: 'fil_1' }],
};
const group = (tone: DataGroup['tone'], path: string[], data: object): DataGroup => ({
  ...{ id: path.join('.'), badge: '1', title: 'What started it', tone, hint: '' },
  nodes: nodesOf(data, path),
});
const GROUPS = [group('trigger', ['trigger', 'data'], DATA), group('step', ['steps', 'rate', 'body'], { rate: 1.08 })];
const shown = (pairs: Pair[], place: 'json' | 'form-data' = 'json') =>
  matchesFor(pairs, GROUPS, place).map(({ key, row, node, isSure }) => [key, row, node.source, isSure]);
const ofRows = (pairs: Pair[]) => shown(pairs).filter(([, row]) => row !== null);

it('matches by name, whatever its writing, and by the whole path', () => {
  expect(
    ofRows([
      { key: 'request_no', value: '' },
      { key: 'vendorName', value: '' },
      { key: 'Rate', value: '' },
      { key: 'tax-id', value: null },
    ]),
  ).toEqual([
    ['request_no', 0, 'trigger.data.requestNo', true],
    ['vendorName', 1, 'trigger.data.vendor.name', true],
    ['Rate', 2, 'steps.rate.body.rate', true],
    ['tax-id', 3, 'trigger.data.vendor.taxId', true],
  ]);
});

it('guesses nothing where two fit as well as each other', () => {
  expect(ofRows([{ key: 'name', value: '' }])).toEqual([]);
});

it('leaves what is mapped alone, and replaces a literal only of the same type and only when asked', () => {
  expect(
    ofRows([
      { key: 'total', value: '{{ trigger.data.id }}' },
      { key: 'id', value: 1 },
      { key: 'urgent', value: 'yes' },
    ]),
  ).toEqual([['id', 1, 'trigger.data.id', false]]);
});

it('offers what no row sends yet: ticked only where there are no rows', () => {
  const keys = (pairs: Pair[]) => shown(pairs).filter(([, row]) => row === null);
  expect(keys([]).map(([key, , , sure]) => [key, sure])).toEqual([
    ['id', true],
    ['requestNo', true],
    ['total', true],
    ['name', true],
    ['taxId', true],
    ['urgent', true],
  ]);
  expect(keys([{ key: 'id', value: '{{ trigger.data.id }}' }]).every(([, , , sure]) => sure === false)).toBe(true);
});

it('sends files in forms with parts only, each a part of its own', () => {
  expect(shown([], 'form-data')).toContainEqual(['attachments[]', null, 'trigger.data.attachments', true]);
});

it('puts in what was agreed to, and nothing else', () => {
  const pairs: Pair[] = [
    { key: 'id', value: '', whenMissing: 'omit' },
    { key: 'note', value: 'x' },
  ];
  const [match] = matchesFor(pairs, GROUPS, 'json');
  expect(withMatches(pairs, [match, { ...match, row: null, key: 'again' }])).toEqual([
    { key: 'id', value: '{{ trigger.data.id }}', whenMissing: 'omit' },
    { key: 'note', value: 'x' },
    { key: 'again', value: '{{ trigger.data.id }}' },
  ]);
});
