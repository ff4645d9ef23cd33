import { findNodes, nodesOf, shownOf, type DataGroup } from './data-tree.js';
import { parseExact } from '../../../ui/exact-json.js';

const data = parseExact(
  '{"vendor":{"name":"Brightwell","a key":1},"total":18450.50,"lines":[{"sku":"a"},{"sku":"b"}],"due":null,"files":[{"fileId":"fil_1"}]}',
);
const nodes = nodesOf(data, ['trigger', 'data']);
const group: DataGroup = { id: 'trigger', badge: '1', title: 'Task completed', tone: 'trigger', hint: '', nodes };
const byLabel = (label: string) => nodes.find((node) => node.label === label)!;

describe('the data to insert', () => {
  it('shows each member with its kind and its value', () => {
    expect(nodes.map(({ label, kind, shown }) => [label, kind, shown])).toEqual([
      ['Vendor', 'object', ''],
      ['Total', 'number', '18450.50'],
      ['Lines', 'list', '2 items'],
      ['Due', 'empty', 'empty'],
      ['Files', 'file', '1 file'],
    ]);
  });

  it('writes every path so that the server can read it', () => {
    expect(
      byLabel('Vendor')
        .children()
        .map(({ source }) => source),
    ).toEqual(['trigger.data.vendor.name', 'trigger.data.vendor["a key"]']);
  });

  it('offers lists in words', () => {
    const [first, all] = byLabel('Lines').children();
    expect([first.label, first.source]).toEqual(['First item', 'trigger.data.lines[0]']);
    expect([all.label, all.source]).toEqual(['All items as a list', 'trigger.data.lines']);
    expect(all.children().map(({ label, source }) => [label, source])).toEqual([
      ['Sku of all items', 'trigger.data.lines.map(item, item.sku)'],
    ]);
  });

  it('is found by name, by path and by value', () => {
    const found = (words: string) => findNodes([group], words).map(({ trail }) => trail);
    expect(found('vendor name')).toContain('Vendor › Name');
    expect(found('brightw')).toEqual(['Vendor › Name']);
    expect(found('lines[0].sku')).toEqual(['Lines › First item › Sku']);
    expect(found('nothing like it')).toEqual([]);
  });

  it('says what is empty', () => {
    expect([shownOf(null), shownOf(''), shownOf([]), shownOf(false)]).toEqual([
      'empty',
      'empty text',
      '0 items',
      'false',
    ]);
  });
});
