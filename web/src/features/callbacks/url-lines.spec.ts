import { callOf, mergeDuplicates, problemsOf, serverProblems, splitLists, urlsOf } from './url-lines.js';

describe('the lines of callback URLs', () => {
  it('split a pasted list at commas and semicolons between addresses, never within one', () => {
    expect(splitLists('https://a.b/1,2; https://c.d/?x=1;y,http://e.f')).toBe(
      'https://a.b/1,2\nhttps://c.d/?x=1;y\nhttp://e.f',
    );
  });

  it('merge duplicates and say how many', () => {
    expect(mergeDuplicates('https://a.b\n\nhttps://c.d\n https://a.b ')).toEqual({
      text: 'https://a.b\n\nhttps://c.d',
      merged: 1,
    });
    expect(mergeDuplicates('a\r\nb').merged).toBe(0);
  });

  it('name the line that is no address, blank ones counted', () => {
    expect(problemsOf('https://a.b\n\nwarehouse.internal/created\nhttp://[')).toEqual([
      { line: 3, message: 'Line 3 isn’t a full address. Start it with https://' },
      { line: 4, message: 'Line 4 isn’t a valid address.' },
    ]);
  });

  it('are at most twenty', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `https://a.b/${at}`).join('\n');
    expect(problemsOf(lines(20))).toEqual([]);
    expect(problemsOf(lines(21))).toEqual([{ line: 0, message: expect.stringContaining('21') }]);
  });

  it('take what the server says of them to their event', () => {
    const faults = [
      { path: '/created/urls', message: 'Line 2: no.' },
      { path: '/deleted/urls', message: 'Line 1: no.' },
    ];
    expect(serverProblems(faults, 'created')).toEqual([{ line: 2, message: 'Line 2: no.' }]);
  });

  it.each([
    ['https://a.b/c', 'https://a.b/c?'],
    ['https://a.b/c?x=1#top', 'https://a.b/c?x=1&'],
    ['https://a.b/c?', 'https://a.b/c?'],
  ])('show the call of %s', (url, base) => {
    expect(callOf(url, 'Purchase requests', 'created')).toEqual({
      base,
      added: [
        ['instanceID', '8c1f4e'],
        ['processName', 'Purchase%20requests'],
        ['eventType', 'created'],
      ],
    });
  });

  it('count without blank ones', () => {
    expect(urlsOf(' https://a.b \n\n')).toEqual(['https://a.b']);
  });
});
